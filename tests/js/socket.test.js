import assert from "node:assert/strict";
import { test } from "node:test";

import { makeOutbox } from "../../static/js/lib/outbox.js";
import { connect } from "../../static/js/lib/socket.js";

const REPLY = { ok: true, seq: 5, at: 1000, epoch: "e", role: "person", id: "p", rows: [], mine: { cards: ["old"], echoes: [] } };
const turn = (ms = 5) => new Promise((next) => setTimeout(next, ms));

/** A server at the other end of the wire; `answers` maps an ask to its answer, null leaves it without one. */
function server(answer = () => ({ ok: true, seq: 6 })) {
  const it = { asked: [], opens: 0, reply: REPLY };
  it.via = (on) => {
    Object.assign(it, on);
    it.wire = {
      connected: false,
      open: () => {
        it.opens++;
        it.wire.connected = true;
        on.opened();
      },
      close: () => {
        it.wire.connected = false;
        on.lost();
      },
      ask: (event, value) => {
        it.asked.push([event, value]);
        const given = event === "join" ? it.reply : answer(value, it);
        return given ? Promise.resolve(given) : Promise.reject(new Error("silent"));
      },
      tell: () => {},
    };
    return it.wire;
  };
  it.asks = () => it.asked.filter(([event]) => event === "ask").map(([, { do: asked }]) => asked);
  return it;
}

async function connected(it, more = {}) {
  const line = connect({ workshop: "w", token: "t", outbox: makeOutbox("w"), via: it.via, ...more });
  await turn();
  return line;
}

test("it joins with its token, and keeps what the reply says of itself", async () => {
  const it = server();
  const line = await connected(it);
  assert.deepEqual(it.asked, [["join", { workshop: "w", since: 0, token: "t" }]]);
  assert.deepEqual([line.net, line.id, line.store.cursor, [...line.mine.cards]], ["connected", "p", 5, ["old"]]);
  line.close();
});

test("a ballot is one's own once it is answered, and a second one of the same vote waits for the first", async () => {
  let last;
  const it = server(({ do: { dots } }) => (dots.a === 1 ? new Promise((go) => { last = go; }) : { ok: true, seq: 7 }));
  it.reply = { ...REPLY, mine: { cards: [], echoes: [], ballots: { v: { b: 3 } } } };
  const line = await connected(it);
  assert.deepEqual(line.mine.ballots, { v: { b: 3 } });
  const cast = (dots) => line.ask({ kind: "CastBallot", vote: "v", dots });
  const both = [cast({ a: 1 }), cast({ a: 2 })];
  await turn();
  assert.equal(it.asks().length, 1);
  last({ ok: true, seq: 6 });
  await Promise.all(both);
  assert.deepEqual(line.mine.ballots, { v: { a: 2 } });
  line.close();
});

test("half a character is not sent: the line would be cut at it for ever", async () => {
  const it = server();
  const line = await connected(it);
  await line.ask({ kind: "AddCard", text: "well \ud83d done \ud83d\ude00" }, "card");
  assert.equal(it.asks()[0].text, "well \ufffd done \ud83d\ude00");
  line.close();
});

test("what is asked leaves the outbox when it is answered, and an added card is mine", async () => {
  const it = server();
  const line = await connected(it);
  const answer = await line.ask({ kind: "AddCard", text: "words" }, "card");
  assert.deepEqual([answer, line.outbox.entries, line.mine.cards.has("card")], [{ ok: true, seq: 6 }, [], true]);
  line.close();
});

test("without an answer it stays, the line is proved, and the same ask goes again with the same id", async () => {
  let silent = 1;
  const it = server(() => (silent-- > 0 ? null : { ok: true, seq: 6 }));
  const line = await connected(it);
  await line.ask({ kind: "AddCard", text: "words" }, "card");
  assert.deepEqual(it.asked.map(([event, { id }]) => [event, id]),
    [["join", undefined], ["ask", "card"], ["join", undefined], ["ask", "card"]]);
  line.close();
});

test("a refusal that may pass is asked again, another one stays beside its words", async () => {
  let busy = 1;
  const it = server(({ do: { kind } }) => (kind === "EditCard" ? { ok: false, error: { code: "card-changed", facts: {} } }
    : busy-- > 0 ? { ok: false, error: { code: "too-fast", facts: { retry_ms: 1 } } } : { ok: true, seq: 6 }));
  const line = await connected(it);
  assert.equal((await line.ask({ kind: "AddCard", text: "words" })).ok, true);
  const { error } = await line.ask({ kind: "EditCard", card: "c", text: "other" }, "edit");
  assert.equal(error.code, "card-changed");
  assert.deepEqual(line.outbox.entries.map((e) => [e.id, e.error.code]), [["edit", "card-changed"]]);
  assert.equal((await line.ask({ kind: "MoveCard", card: "c" })).ok, true);
  line.close();
});

test("asks about one card wait for each other, those about others don't", async () => {
  const held = [];
  const it = server();
  const line = await connected(it);
  it.wire.ask = (event, { do: asked }) => new Promise((resolve) => held.push([asked.kind, resolve]));
  line.ask({ kind: "AddCard", text: "one" }, "c");
  line.ask({ kind: "EditCard", card: "c", text: "two" });
  line.ask({ kind: "AddCard", text: "three" }, "d");
  await turn();
  assert.deepEqual(held.map(([kind]) => kind), ["AddCard", "AddCard"]);
  held[0][1]({ ok: true, seq: 6 });
  await turn();
  assert.deepEqual(held.map(([kind]) => kind), ["AddCard", "AddCard", "EditCard"]);
  line.close();
});

test("a reply of another epoch is followed by a join from the beginning", async () => {
  const it = server();
  const line = await connected(it);
  it.reply = { ...REPLY, epoch: "restored", seq: 2 };
  it.opened();
  await turn();
  assert.deepEqual(it.asked.map(([, { since }]) => since), [0, 5, 0]);
  assert.deepEqual([line.store.epoch, line.store.cursor], ["restored", 2]);
  line.close();
});

test("who is refused for good stops trying", async () => {
  const it = server();
  it.reply = { ok: false, error: { code: "unknown-token", facts: {} } };
  const line = await connected(it);
  await turn(20);
  assert.deepEqual([line.error.code, it.opens], ["unknown-token", 1]);
});

test("without a lasting outbox nothing is kept for later", async () => {
  const it = server();
  it.reply = { ok: false, error: { code: "busy", facts: { retry_ms: 100_000 } } };
  const line = await connected(it, { outbox: undefined });
  assert.deepEqual((await line.ask({ kind: "OpenStep" })).error.code, "no-connection");
  line.close();
});
