#!/usr/bin/env node
// Pretend phones for bench/speed.py: bare sockets and just enough of a WebSocket, so that the client costs little.
//
// The first line on stdin is the plan:
//   {port, wire: "baraza" | "card", members: [{room, token?}], workshop?, session?, console?: {as, cookie}}
// Each further line is one of these, and is answered by one line:
//   {do: "join", most}          connect everybody, `most` at a time     -> {people, wall_ms, bytes}
//   {do: "leave"}               end all connections                     -> {}
//   {do: "post", cards, rate}   so many cards, so many a second, until each has arrived
//                               -> {expected, deliveries, wall_ms, p50_ms, p95_ms, bytes}
// A delivery is one card seen by one other member of its room. A card carries a mark in its text and a delivery is a
// mark that was found: nothing is parsed under load, and batches count like single messages. Delays count from the
// moment at which a card was to be sent.
import net from "node:net";
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { wires } from "./wires.mjs";

const LOCAL = "127.0.0.1";
const PATIENCE_MS = 30_000;
const FILLER = " The path to the well is steep, and after rain nobody can carry water up.";
const MARK = Buffer.from("~c");
const TILDE = "~".charCodeAt(0);

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** The bytes of one text message under a mask of noughts, which costs the server as much as any other. */
function frame(text) {
  const payload = Buffer.from(text);
  const size = payload.length;
  const head = size < 126 ? Buffer.from([0x81, 0x80 | size]) : Buffer.from([0x81, 0xfe, size >> 8, size & 255]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

/** The cards under way: who sent each and when, and what has come of it. */
class Cards {
  constructor() {
    this.first = this.sent = 0;
    this.senders = [];
    this.times = [];
    this.reset();
  }

  reset() {
    this.first = this.sent;
    this.expected = this.deliveries = 0;
    this.delays = [];
  }

  /** The text of the next card, sent by `member` at `time` to `others`. */
  next(member, time, others) {
    this.senders[this.sent] = member;
    this.times[this.sent] = time;
    this.expected += others;
    return `${MARK}${this.sent++}~${FILLER}`;
  }

  /** Count the marks in what has arrived at `member`. */
  seen(member, bytes) {
    for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at)) {
      let number = 0;
      for (at += MARK.length; bytes[at] !== TILDE; at++) number = number * 10 + bytes[at] - 48;
      if (number >= this.first && this.senders[number] !== member) {
        this.deliveries++;
        this.delays.push(performance.now() - this.times[number]);
      }
    }
  }
}

/** One connection. `wire` says what is sent to join and to post; `who` is a member of the plan, or its console. */
class Phone {
  constructor(plan, who, wire, cards) {
    Object.assign(this, { plan, who, wire, cards, bytes: 0, asks: 0 });
  }

  connect() {
    this.rest = null;
    this.upgraded = this.joined = false;
    return new Promise((done, lost) => {
      this.done = done;
      const port = this.plan.port;
      const socket = (this.socket = net.connect({ host: LOCAL, port, noDelay: true }));
      socket.on("error", lost);
      socket.on("close", () => (this.leaving ? undefined : lost(new Error("the server ended a connection"))));
      socket.on("data", (chunk) => this.read(chunk));
      const cookie = this.who.cookie ? `Cookie: ${this.who.cookie}\r\n` : "";
      socket.write(
        `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${LOCAL}:${port}\r\nUpgrade: websocket\r\n` +
          `Connection: Upgrade\r\nOrigin: http://${LOCAL}:${port}\r\nSec-WebSocket-Version: 13\r\n` +
          `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n${cookie}\r\n`,
      );
      this.leaving = false;
    });
  }

  leave() {
    this.leaving = true;
    this.socket.destroy();
  }

  send(text) {
    this.socket.write(frame(text));
  }

  read(chunk) {
    this.bytes += chunk.length;
    let bytes = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    if (!this.upgraded) {
      const end = bytes.indexOf("\r\n\r\n");
      if (end < 0) return void (this.rest = bytes);
      if (!bytes.toString("latin1", 0, 12).endsWith("101")) throw new Error(bytes.toString("latin1"));
      this.upgraded = true;
      bytes = bytes.subarray(end + 4);
    }
    let at = 0;
    while (bytes.length - at >= 2) {
      let [size, start] = [bytes[at + 1], at + 2];
      if (size > 125) {
        const wide = size === 126 ? 2 : 8;
        if (bytes.length < start + wide) break;
        size = wide === 2 ? bytes.readUInt16BE(start) : Number(bytes.readBigUInt64BE(start));
        start += wide;
      }
      if (bytes.length < start + size) break;
      if (bytes[at] === 0x81) this.hear(bytes.subarray(start, start + size));
      at = start + size;
    }
    this.rest = at < bytes.length ? bytes.subarray(at) : null;
  }

  /** One Engine.IO packet: 0 open, 2 ping, 40 connected, 42 event, 43 answer. */
  hear(packet) {
    const kind = String.fromCharCode(packet[0], packet[1]);
    if (kind[0] === "2") return this.send("3");
    if (this.joined) return this.who.cookie ? undefined : this.cards.seen(this, packet);
    if (kind[0] === "0") return this.send("40");
    if (kind === "40") return this.send(`420${JSON.stringify(["join", this.wire.join(this.plan, this.who)])}`);
    if (kind === "43") {
      const [answer] = JSON.parse(packet.toString().replace(/^43\d+/, ""));
      this.place = this.wire.joined(answer, this.plan, this.who);
      this.joined = true;
      this.done();
    }
  }

  post(text) {
    this.send(this.wire.post(this, text));
  }
}

async function join(phones, most) {
  const waiting = [...phones];
  const before = phones.reduce((sum, phone) => sum + phone.bytes, 0);
  const began = performance.now();
  const take = async () => {
    while (waiting.length) await waiting.pop().connect();
  };
  await Promise.all(Array.from({ length: Math.min(most, phones.length) }, take));
  const bytes = phones.reduce((sum, phone) => sum + phone.bytes, 0) - before;
  return { people: phones.length, wall_ms: performance.now() - began, bytes };
}

async function post(members, cards, count, rate) {
  const size = {};
  for (const phone of members) size[phone.who.room] = (size[phone.who.room] ?? 0) + 1;
  cards.reset();
  const before = members.reduce((sum, phone) => sum + phone.bytes, 0);
  const began = performance.now();
  for (let n = 0; n < count; ) {
    const due = began + (n * 1000) / rate;
    if (performance.now() < due) {
      await sleep(1);
      continue;
    }
    for (let burst = 0; burst < 100 && n < count && began + (n * 1000) / rate <= performance.now(); burst++, n++) {
      const phone = members[(n * 7919) % members.length];
      phone.post(cards.next(phone, began + (n * 1000) / rate, size[phone.who.room] - 1));
    }
    await new Promise(setImmediate);
  }
  const last = performance.now();
  while (cards.deliveries < cards.expected && performance.now() - last < PATIENCE_MS) await sleep(2);
  const delays = Float64Array.from(cards.delays).sort();
  return {
    expected: cards.expected,
    deliveries: cards.deliveries,
    wall_ms: performance.now() - began,
    p50_ms: delays[Math.floor(delays.length * 0.5)],
    p95_ms: delays[Math.floor(delays.length * 0.95)],
    bytes: members.reduce((sum, phone) => sum + phone.bytes, 0) - before,
  };
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const plan = JSON.parse((await lines.next()).value);
const wire = wires[plan.wire];
const cards = new Cards();
const members = plan.members.map((who) => new Phone(plan, who, wire, cards));
const phones = plan.console ? [...members, new Phone(plan, plan.console, wire, cards)] : members;
const steps = {
  join: ({ most }) => join(phones, most),
  leave: () => phones.forEach((phone) => phone.leave()) ?? {},
  post: ({ cards: count, rate }) => post(members, cards, count, rate),
};
for await (const line of lines) {
  const step = JSON.parse(line);
  console.log(JSON.stringify(await steps[step.do](step)));
}
process.exit(0);
