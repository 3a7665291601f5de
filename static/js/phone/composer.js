/** Where a card is written, at the thumb: the section as chips where there are several, the language where the
 * workshop speaks several. What is being written outlives a reload and the end of the step. */

import { html, useEffect, useRef, useState } from "../../vendor/preact.js";
import { LIMITS } from "../protocol.js";
import { refusal, say } from "../lib/say.js";
import { languageName } from "../parts/text.js";

/** `sections` [{id, title, count, limit}]; `text` and `type` the words and how they change; `section`, `choose`. */
export function Composer({ here, board, sections, section, choose, text, type, tell, late }) {
  const { line, languages } = here;
  const [lang, speak] = useState(here.lang);
  const field = useRef();
  const last = useRef(0);

  useEffect(() => {
    field.current.style.height = "auto";
    field.current.style.height = `${field.current.scrollHeight + 4}px`;
  }, [text]);

  function write(event) {
    type(event.target.value);
    if (Date.now() - last.current > 3000) {
      last.current = Date.now();
      line.signal("typing");
    }
  }

  async function add(event) {
    event.preventDefault();
    field.current.focus();
    if (!text.trim()) return;
    type("");
    const answer = await line.ask({ kind: "AddCard", board, section, text: text.trim(), lang });
    if (answer.error?.code === "outbox-full") {
      type(text);
      tell(refusal(answer.error));
    }
  }

  const full = sections.find((s) => s.id === section && s.limit != null && s.count >= s.limit);
  const enter = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && add(event);
  return html`<form class="composer" onSubmit=${add} aria-label=${say("One idea per card")}>
    ${late && html`<p class="hint">${say("The time is over. A last card is still taken for five minutes.")}</p>`}
    ${sections.length > 1 && html`<div class="chips" role="group" aria-label=${say("Section")}>
      ${sections.map(({ id, title, count, limit }) => html`<button type="button" class="chip" aria-pressed=${id === section}
        onClick=${() => choose(id)}>${title} ${limit != null && html`<span class="num">${count}/${limit}</span>`}</button>`)}
    </div>`}
    ${full && html`<p class="hint">${refusal({ code: "section-full", facts: { limit: full.limit } })}</p>`}
    <label for="words">${say("One idea per card")}</label>
    ${languages.length > 1 && html`<select class="speak" aria-label=${say("Language of the card")} value=${lang}
      onChange=${(e) => speak(e.target.value)}>
      ${[...new Set([here.lang, ...languages])].map((l) => html`<option value=${l}>${languageName(l)}</option>`)}</select>`}
    <textarea class="field" id="words" rows="1" dir="auto" lang=${lang} enterkeyhint="send" ref=${field} value=${text}
      maxlength=${LIMITS.AddCard.text} onInput=${write} onKeyDown=${enter}></textarea>
    <button class="btn" type="submit">${say("Add")}</button>
  </form>`;
}
