/** The timer of a step. It counts on the workshop clock, is silent for screen readers while it runs, and is spoken at
 * five minutes, one minute and the end. */

import { html, useEffect, useRef, useState } from "../../vendor/preact.js";
import { say } from "../lib/say.js";

const SPOKEN_MS = [300_000, 60_000, 0];

/** Milliseconds left of a `timers` row at workshop time `at`; below zero once it has run out. */
export const left = (timer, at) => timer.left_ms - (timer.running ? at - timer.set_at : 0);

/** "8:42", "1:05:00"; 0:00 from the end on. Full seconds, rounded up, so that it starts with the whole length. */
export function clockFace(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** "paused", "out", "soon" (the last minute) or "runs". */
export function phase(timer, at) {
  const ms = left(timer, at);
  if (ms <= 0) return "out";
  if (!timer.running) return "paused";
  return ms <= 60_000 ? "soon" : "runs";
}

/** The sentence for having come from `before` to `now` milliseconds left, or "". */
export function announcement(before, now) {
  const mark = SPOKEN_MS.find((ms) => before > ms && now <= ms && now > ms - 5000);
  if (mark === undefined) return "";
  if (mark === 0) return say("Time is up.");
  return mark === 60_000 ? say("One minute left.") : say("Five minutes left.");
}

/** Workshop time, drawn again at each full second of `timer`; `clock` is a function that returns workshop ms. */
export function useSeconds(timer, clock) {
  const [at, tick] = useState(clock());
  useEffect(() => {
    let waiting;
    const next = () => {
      const now = clock();
      tick(now);
      if (timer?.running) waiting = setTimeout(next, ((left(timer, now) % 1000) + 1000) % 1000 || 1000);
    };
    next();
    return () => clearTimeout(waiting);
  }, [timer, clock]);
  return at;
}

/** The timer. `timer` is a row of `timers`, `clock` a function that returns workshop ms; `quiet` leaves out the
 * announcements (where another timer on the page makes them). */
export function Timer({ timer, clock, quiet, class: more = "" }) {
  const at = useSeconds(timer, clock);
  const ms = left(timer, at);
  const before = useRef(ms);
  const [spoken, speak] = useState("");
  useEffect(() => {
    const words = announcement(before.current, ms);
    before.current = ms;
    if (words) speak(words);
  }, [ms]);
  const face = clockFace(ms);
  return html`<span class="timer num ${phase(timer, at)} ${more}" role="timer"
      aria-label=${say("{time} left", { time: face })}>${face}</span>
    ${!quiet && html`<span class="sr" role="status">${spoken}</span>`}`;
}
