// What the servers of the speed bench are told: what joins a room, and what posts a card there.
//
// join(plan, who)            the value of the `join` event
// joined(answer, plan, who)  the place that posts go to; throws when joining was refused
// post(phone, text)          the packet that posts a card
import { randomBytes } from "node:crypto";

const baraza = {
  join: (plan, who) => ({
    workshop: plan.workshop,
    since: 0,
    ...(who.token ? { token: who.token } : { as: who.as }),
  }),

  joined(answer, plan, who) {
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    if (!who.token || who.room === plan.session) return who.room;
    const me = answer.rows.find((row) => row.table === "me");
    const board = Object.keys(me.audiences).find((name) => name.startsWith(`board:${plan.session}.`));
    return board.slice("board:".length);
  },

  post(phone, text) {
    const place = { board: phone.place, section: `${phone.plan.session}/ideas` };
    const ask = { id: randomBytes(16).toString("base64url"), do: { kind: "AddCard", ...place, text, lang: "en" } };
    return `42${++phone.asks}${JSON.stringify(["ask", ask])}`;
  },
};

const card = {
  join: (plan, who) => ({ room: who.room }),
  joined: (answer, plan, who) => who.room,
  post: (phone, text) => `42${JSON.stringify(["card", { id: randomBytes(16).toString("base64url"), text }])}`,
};

export const wires = { baraza, card };
