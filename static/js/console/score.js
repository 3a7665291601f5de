/** How good a draw is, in honest sentences, and how the answers of people are spread over groups. */

import { many, say } from "../lib/say.js";
import { seats, workshop } from "../lib/select.js";
import { row } from "../lib/tables.js";

/** The sentences for the report of a draw (see app/thinking/grouping.py), the most telling first: [{text, good}].
 * `sessions` is how many sessions it covers, `people` how many were drawn. */
export function sentences(report, sessions, people = 0) {
  if (report.meetings === undefined) return [];
  const said = [];
  const tell = (good, text) => said.push({ good, text });
  if (report.hard > 0) tell(false, many(report.hard, "{n} rule could not be kept.", "{n} rules could not be kept."));
  const pairs = (people * (people - 1)) / 2;
  const met = report.meetings - report.E;
  if (sessions > 1 && met <= pairs) tell(true, many(met, "{n} of {pairs} pairs of people meets.",
    "{n} of {pairs} pairs of people meet.", { pairs }));
  if (report.E === 0) tell(true, sessions > 1 ? say("Nobody meets the same person twice.")
    : say("Nobody meets anybody again."));
  else if (!report.optimal) {
    tell(report.E <= report.bound_E,
      many(report.meetings, "{n} meeting of two people in all, {again} of them with somebody met before.",
      "{n} meetings of two people in all, {again} of them with somebody met before.", { again: report.E }));
    tell(true, report.E <= report.bound_E ? say("Fewer cannot be had: there are more meetings than people to meet.")
      : many(report.bound_E, "At least {n} of these cannot be avoided.", "At least {n} of these cannot be avoided."));
  }
  if (report.max_meet > 1) tell(report.max_meet < 3,
    many(report.max_meet, "No two people are together more than {n} time.",
      "No two people are together more than {n} times."));
  if (report.partners_min > 0) tell(true,
    many(report.partners_min, "Everybody meets at least {n} other person.",
      "Everybody meets at least {n} other people."));
  if (report.imbalance === 0) tell(true, say("Every group has its share of each answer."));
  else if (report.imbalance > 0) {
    tell(false,
      many(report.imbalance, "{n} person would have to sit elsewhere for every group to have its share of each answer.",
      "{n} people would have to sit elsewhere for every group to have its share of each answer."));
  }
  if (report.optimal) tell(true, say("It cannot be done better."));
  return said;
}

/** What people answered, counted in each group: [{id, title, values: [{id, title, counts}]}], in the order of `groups`,
 * the attributes by which groups are balanced first; values that nobody gave are left out. */
export function spread(store, groups) {
  const { attributes, balance } = workshop(store);
  const language = { id: "language", title: "", values: [] };
  const asked = [...attributes, ...(attributes.some((a) => a.id === "language") ? [] : [language])];
  const balanced = (attribute) => balance.includes(attribute.id);
  const members = groups.map((group) => seats(store, group.id).map((s) => s.person));
  return asked.sort((a, b) => balanced(b) - balanced(a)).map((attribute) => {
    const counted = new Map((attribute.values ?? [])
      .map((value) => [value.id, { ...value, counts: groups.map(() => 0) }]));
    members.forEach((people, g) => {
      for (const person of people) {
        const value = answersOf(store, person)[attribute.id] ?? "";
        if (!counted.has(value)) counted.set(value, { id: value, title: "", counts: groups.map(() => 0) });
        counted.get(value).counts[g]++;
      }
    });
    const values = [...counted.values()].filter((value) => value.counts.some(Boolean));
    return { id: attribute.id, title: attribute.title ?? "", values, balanced: balanced(attribute) };
  }).filter((attribute) => attribute.values.some((value) => value.id));
}

/** What somebody answered, the language of their phone included. */
export const answersOf = (store, person) =>
  ({ language: row(store, "people", person)?.lang, ...row(store, "attributes", person)?.values });
