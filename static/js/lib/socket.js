/** The line to the server: join, ask, signal, and deltas coming in. It rejoins by itself after any gap. */

import { makeClock } from "./clock.js";
import { newId } from "./ids.js";
import { makeOutbox } from "./outbox.js";
import { cut, empty, joined, merged } from "./tables.js";
import { makeWire } from "./wire.js";

const ANSWER_MS = 6000;
const JOB_MS = 120_000;
const WAKE_MS = 3000;
const JOIN_MS = 10_000;
const PATIENCE_MS = 15_000;

/** Half a character, as a keyboard may leave behind, is no text: the server cuts the line at it, again and again. */
const whole = (key, value) => (typeof value === "string" ? value.replace(/\p{Cs}/gu, "\ufffd") : value);

const made = ({ cards, echoes, ballots = {} } = {}) => ({ cards: new Set(cards), echoes: new Set(echoes), ballots });

/** Asks whose words stay in a lasting outbox when they are refused. */
const WORDS = ["AddCard", "EditCard"];

/** Refusals after which the same ask may be sent again. */
const LATER = new Set(["too-fast", "not-saved", "busy", "not-joined"]);

/** Milliseconds before attempt `n` (from 0) to connect: 0-1 s, then 1.6 times as long each time, 10 s at most. */
export const pause = (n, chance = Math.random()) =>
  n === 0 ? 1000 * chance : Math.min(10_000, 1000 * 1.6 ** n) * (0.75 + chance / 4);

/** Connect to a workshop with a person's `token` or `as` a link.
 *
 * `outbox`: a lasting one keeps what is asked without a connection (phones); without one an ask is given up with
 * `no-connection` after 15 s. `changed()` is called at most once a frame, whenever there is something new to draw;
 * `heard(signal)` for each signal. `slow`: kinds of asks whose answers take their time.
 *
 * Returns the line: `store` (see tables.js), `net` "connected" | "connecting" | "lost", `role`, `id`, `mine` {cards,
 * echoes} (sets of ids) and {ballots} (those of open votes, {vote: {choice: n}}), `reversible` (own events that Undo
 * could take back when it joined), `error` (why joining was refused for good), `clock()` (workshop ms), `outbox`, `ask(command)`, `signal(kind)`, `retry(id)`, `draw()`,
 * `close()`.
 */
export function connect({ workshop, token, as, outbox, changed = () => {}, heard = () => {}, slow = [], via = makeWire }) {
  const wire = via({ opened: () => join(JOIN_MS), lost, heard: hear });
  const within = ({ kind }, usual) => (slow.includes(kind) ? JOB_MS : usual);
  const clock = makeClock();
  const lasting = Boolean(outbox);
  const answers = new Map();
  const sending = new Set();
  let [attempt, waiting, joining, closed] = [0, null, null, false];

  const line = {
    store: empty(), net: "connecting", role: "", id: "", mine: made(), reversible: [],
    error: null, clock: clock.now, outbox: outbox ?? makeOutbox(workshop), ask, retry, close, draw,
    signal: (kind) => wire.tell("signal", { kind }),
  };

  let frame = null;
  function draw() {
    frame ??= (globalThis.requestAnimationFrame ?? setTimeout)(() => {
      frame = null;
      changed();
    });
  }
  const net = (state) => {
    line.net = state;
    draw();
  };

  function open(wait = 0) {
    clearTimeout(waiting);
    if (!closed) waiting = setTimeout(wire.open, wait);
  }

  function lost() {
    if (closed) return;
    cut(line.store);
    net(attempt > 1 || globalThis.navigator?.onLine === false ? "lost" : "connecting");
    open(pause(attempt++));
  }

  /** Join, one at a time; a line without an answer after `wait` ms is dropped and opened anew. */
  const join = (wait) => (joining ??= joinNow(wait).finally(() => { joining = null; }));

  async function joinNow(wait) {
    cut(line.store);
    let reply;
    try {
      const who = as ? { as } : { token };
      reply = await wire.ask("join", { workshop, since: line.store.cursor, ...who }, wait);
    } catch {
      wire.close();
      return;
    }
    if (!reply.ok && LATER.has(reply.error.code)) {
      setTimeout(() => wire.connected && join(JOIN_MS), reply.error.facts?.retry_ms ?? 1000);
      return;
    }
    if (!reply.ok) {
      line.error = reply.error;
      close();
      return;
    }
    joined(line.store, reply);
    if (!line.store.live) return joinNow(JOIN_MS);
    clock.set(reply.at);
    attempt = 0;
    line.mine = made(reply.mine);
    Object.assign(line, { role: reply.role, id: reply.id, reversible: reply.reversible ?? [] });
    net("connected");
    send();
  }

  /** Ask for something; resolves with the final answer {ok, seq} or {ok: false, error}. */
  async function ask(command, id = newId()) {
    if (!lasting && line.net !== "connected") return { ok: false, error: { code: "no-connection" } };
    const answer = new Promise((resolve) => answers.set(id, resolve));
    const kept = await line.outbox.add(id, JSON.parse(JSON.stringify(command, whole)));
    if (!kept) return { ok: false, error: { code: "outbox-full" } };
    if (!lasting) setTimeout(() => giveUp(id), within(command, PATIENCE_MS));
    draw();
    send();
    return answer;
  }

  function giveUp(id) {
    const entry = line.outbox.entries.find((e) => e.id === id);
    if (entry) settle(entry, { ok: false, error: { code: "no-connection" } });
  }

  /** Send an entry of the outbox again that was refused or is old. */
  async function retry(id) {
    await line.outbox.mark(id, { error: undefined, at: Date.now() });
    draw();
    send();
  }

  /** Send what is due; asks about one thing go one after the other, so that they cannot overtake each other. */
  function send() {
    if (!line.store.live) return;
    const things = new Set();
    for (const entry of line.outbox.due()) {
      const thing = entry.do.card ?? entry.do.vote ?? entry.id;
      if (!things.has(thing) && !sending.has(entry.id)) post(entry);
      things.add(thing);
    }
  }

  async function post(entry) {
    sending.add(entry.id);
    let answer;
    try {
      answer = await wire.ask("ask", { id: entry.id, do: entry.do }, within(entry.do, ANSWER_MS));
    } catch {
      sending.delete(entry.id);
      if (wire.connected) join(WAKE_MS);
      return;
    }
    sending.delete(entry.id);
    if (!answer.ok && LATER.has(answer.error.code)) {
      if (answer.error.code === "not-joined") join(WAKE_MS);
      else setTimeout(send, answer.error.facts?.retry_ms ?? 1000);
      return;
    }
    await settle(entry, answer);
    send();
  }

  async function settle(entry, answer) {
    const { id, do: { kind, card, vote, dots } } = entry;
    if (answer.ok) {
      if (kind === "AddCard") line.mine.cards.add(id);
      if (kind === "EchoCard") line.mine.echoes.add(card);
      if (kind === "CastBallot") line.mine.ballots[vote] = dots;
      if (kind === "TakeBackEcho") line.mine.echoes.delete(card);
    }
    if (!answer.ok && lasting && WORDS.includes(kind)) await line.outbox.mark(id, { error: answer.error });
    else await line.outbox.remove(id);
    answers.get(id)?.(answer);
    answers.delete(id);
    draw();
  }

  /** After sleep, or when the network is back: prove that the line still holds. */
  function wake() {
    if (closed || globalThis.document?.visibilityState === "hidden") return;
    if (wire.connected) join(WAKE_MS);
    else open();
  }

  function close() {
    closed = true;
    clearTimeout(waiting);
    wire.close();
    for (const [target, event] of WAKING) target?.removeEventListener?.(event, wake);
    draw();
  }

  const WAKING = [[globalThis.document, "visibilitychange"], [globalThis.window, "pageshow"], [globalThis.window, "online"]];
  for (const [target, event] of WAKING) target?.addEventListener?.(event, wake);
  globalThis.window?.addEventListener?.("offline", () => net("lost"));

  function hear(event, value) {
    if (event === "signal" && value.kind === "closing") attempt = Math.max(attempt, 1);
    if (event === "signal") heard(value);
    if (event !== "delta") return;
    const live = line.store.live;
    merged(line.store, value);
    clock.hear(value.at);
    if (live && !line.store.live) join(JOIN_MS);
    draw();
  }

  open();
  return line;
}
