import assert from "node:assert/strict";
import { test } from "node:test";

import { letterOf, shapeName } from "../../static/js/parts/shape.js";
import { direction, picked, pick, translationNote, words } from "../../static/js/parts/text.js";
import { announcement, clockFace, left, phase } from "../../static/js/parts/timer.js";

const timer = (more = {}) => ({ length_ms: 600_000, left_ms: 600_000, running: true, set_at: 1000, ...more });

test("a timer counts down while it runs and stands still while it doesn't", () => {
  assert.equal(left(timer(), 61_000), 540_000);
  assert.equal(left(timer({ running: false }), 61_000), 600_000);
  assert.equal(left(timer(), 611_000), -10_000);
});

test("the clock starts with the whole length and shows zero from the end on", () => {
  assert.equal(clockFace(600_000), "10:00");
  assert.equal(clockFace(599_001), "10:00");
  assert.equal(clockFace(599_000), "9:59");
  assert.equal(clockFace(1), "0:01");
  assert.equal(clockFace(0), "0:00");
  assert.equal(clockFace(-90_000), "0:00");
  assert.equal(clockFace(3_905_000), "1:05:05");
});

test("a timer is paused, running, in its last minute, or out", () => {
  assert.equal(phase(timer(), 1000), "runs");
  assert.equal(phase(timer(), 541_000), "soon");
  assert.equal(phase(timer(), 601_000), "out");
  assert.equal(phase(timer({ running: false }), 541_000), "paused");
});

test("five minutes, one minute and the end are spoken once each, not after a long sleep", () => {
  const spoken = [];
  for (let ms = 330_000; ms > -20_000; ms -= 1000) {
    const said = announcement(ms + 1000, ms);
    if (said) spoken.push([ms, said]);
  }
  assert.deepEqual(spoken, [[300_000, "Five minutes left."], [60_000, "One minute left."], [0, "Time is up."]]);
  assert.equal(announcement(300_500, 299_500), "Five minutes left.");
  assert.equal(announcement(400_000, 200_000), "");
});

test("words are picked in the reader's language, else the workshop's first that there is, else any", () => {
  const text = { fr: "eau", "pt-BR": "água", ar: "ماء" };
  assert.equal(pick(text, "fr", ["en"]), "eau");
  assert.equal(pick(text, "fr-CA", ["en"]), "eau");
  assert.equal(pick(text, "pt", ["en"]), "água");
  assert.deepEqual(picked(text, "de", ["en", "ar"]), { text: "ماء", lang: "ar" });
  assert.equal(pick({ ru: "вода" }, "de", ["en"]), "вода");
  assert.equal(pick({ en: "", fr: "eau" }, "en", []), "eau");
  assert.equal(pick("water", "fr", ["fr"]), "water");
  assert.equal(pick(undefined, "fr", ["fr"]), "");
});

test("a card is shown in a translation only to who doesn't read its own language, and marked when outdated", () => {
  const card = { id: "c", text: "La pompe est en panne", lang: "fr", text_seq: 7 };
  const translation = { card: "c", lang: "en", text: "The pump is broken", of: 7 };
  assert.equal(words(card, [translation], "fr").from, null);
  assert.equal(words(card, [translation], "es").text, card.text);
  assert.deepEqual(words(card, [translation], "en-GB"),
    { text: translation.text, lang: "en", from: "fr", outdated: false, machine: false });
  assert.ok(words(card, [{ ...translation, of: 5 }], "en").outdated);
  assert.equal(words({ ...card, text: null }, [{ ...translation, text: null }], "en").text, null);
});

test("a machine's translation is marked as one, also when the card was changed since", () => {
  const card = { id: "c", text: "La pompe est en panne", lang: "fr", text_seq: 7 };
  const note = (row) => translationNote(words(card, [{ card: "c", lang: "en", text: "The pump", ...row }], "en"));
  assert.equal(note({ of: 7, by: "person" }), "Translated from Français");
  assert.equal(note({ of: 7, by: "machine" }), "Translated by a machine from Français");
  assert.equal(note({ of: 5, by: "person" }), "Translated from Français, before the card was changed");
  assert.equal(note({ of: 5, by: "machine" }), "Translated by a machine from Français, before the card was changed");
  assert.equal(translationNote(words(card, [], "fr")), "");
});

test("there are eight shapes, and the ninth group is the second of the first one", () => {
  const labels = [..."ABCDEFGH"];
  assert.equal(new Set(labels.map(shapeName)).size, 8);
  assert.equal(shapeName("B"), "blue square");
  assert.equal(shapeName("B2"), "blue square 2");
  assert.ok(labels.every((label) => letterOf(`${label}3`) === label));
});

test("Arabic, Persian and Hebrew run from right to left, whatever their region", () => {
  assert.deepEqual(["ar", "ar-EG", "fa", "he", "en", "fr-CA", "ru"].map(direction),
    ["rtl", "rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]);
});
