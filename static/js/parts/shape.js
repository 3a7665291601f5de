/** A group's shape: letter, form and colour always together, with an outline, so that no one of them has to carry it
 * alone. Eight shapes; the ninth group is A2, and so on. No cross, crescent, star, and nothing red. */

import { html } from "../../vendor/preact.js";
import { say } from "../lib/say.js";

const FORMS = {
  A: ["M24 3a21 21 0 1 0 0 42 21 21 0 1 0 0-42Z", 24, 32, 22],
  B: ["M6 4h36a2 2 0 0 1 2 2v36a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z", 24, 32, 22],
  C: ["M24 4 46 43H2Z", 24, 38, 18],
  D: ["M24 2 46 24 24 46 2 24Z", 24, 32, 22],
  E: ["M13 5h22l11 19-11 19H13L2 24Z", 24, 32, 22],
  F: ["M3 42V27a21 21 0 0 1 42 0v15Z", 24, 36, 22],
  G: ["M24 2c6 9 17 17 17 28a17 16 0 0 1-34 0C7 19 18 11 24 2Z", 24, 38, 20],
  H: ["M3 6h42l-9 18 9 18H3Z", 19, 32, 22],
};

/** The letter that decides form and colour: "A" of "A2". */
export const letterOf = (label) => (FORMS[label[0]] ? label[0] : "H");

/** What people call a group's shape: "blue square", "blue square 2". */
export function shapeName(label) {
  const names = {
    A: say("orange circle"), B: say("blue square"), C: say("green triangle"), D: say("yellow diamond"),
    E: say("pink hexagon"), F: say("light blue dome"), G: say("brown drop"), H: say("grey flag"),
  };
  return `${names[letterOf(label)]} ${label.slice(1)}`.trim();
}

/** How a group is called out across a room: "Group B, blue square". */
export const groupName = (label) => say("Group {label}, {shape}", { label, shape: shapeName(label) });

/** The drawing. `size` in px or as a CSS length (else the style sheet's `--sz`); `name` for screen readers where no
 * text beside it says the same; `blank`: white with a dark letter, for use on the group's own colour. */
export function Shape({ label, size, name, blank, class: more = "" }) {
  const letter = letterOf(label);
  const [path, x, y, em] = FORMS[letter];
  const sz = typeof size === "number" ? `${size}px` : size;
  const voice = name ? { role: "img", "aria-label": name } : { "aria-hidden": "true" };
  return html`<svg class="shape ${blank ? "blank" : ""} ${more}" viewBox="0 0 48 48" data-g=${letter}
    style=${sz ? { "--sz": sz } : undefined} ...${voice}>
    <path class="f" d=${path} />
    <text x=${x} y=${y} style=${{ fontSize: `${label.length > 1 ? em * 0.72 : em}px` }}>${label}</text>
  </svg>`;
}

/** Several groups side by side, read out as one: "Groups A, C". */
export function Shapes({ labels, size }) {
  return html`<span class="shapes" role="img" aria-label=${say("Groups {labels}", { labels: labels.join(", ") })}>
    ${labels.map((label) => html`<${Shape} key=${label} label=${label} size=${size} />`)}
  </span>`;
}
