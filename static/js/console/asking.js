/** Asking for something from a button, and the calm sentence beside it when it cannot be. */

import { html, useRef, useState } from "../../vendor/preact.js";
import { refusal } from "../lib/say.js";
import { Clashes } from "./clashes.js";
import { useHere } from "./here.js";

/** [ask, {busy, refused, forget}]: `ask(...commands)` asks one after the other until one is refused, and resolves with
 * the last answer; while it is busy it asks nothing else (buttons stay as they are, so that the keyboard keeps its
 * place). `refused` is the last answer's error, or null; `forget()` clears it. */
export function useAsk() {
  const here = useHere();
  const [state, set] = useState({ busy: false, refused: null });
  const busy = useRef(false);
  async function ask(...commands) {
    if (busy.current) return { ok: false, error: null };
    busy.current = true;
    set({ busy: true, refused: null });
    let answer = { ok: true };
    for (const command of commands) {
      answer = await here.ask(command);
      if (!answer.ok) break;
    }
    busy.current = false;
    set({ busy: false, refused: answer.ok ? null : answer.error });
    return answer;
  }
  return [ask, { ...state, forget: () => set({ busy: false, refused: null }) }];
}

/** The sentence for a refusal, and which rules clash where it names them; nothing without one. */
export function Refused({ refused }) {
  const clash = refused?.facts?.clashes || refused?.facts?.broken;
  return html`<div role="status">${refused && html`<div class="note refused"><div><p>${refusal(refused)}</p>
    ${clash && html`<${Clashes} facts=${refused.facts} />`}</div></div>`}</div>`;
}
