/** Line icons on a grid of 24, drawn for Baraza. Always beside words, so they are hidden from screen readers. */

import { html } from "../../vendor/preact.js";

const PATHS = {
  check: "M4 12.5 9.5 18 20 6.5",
  clock: "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18Z",
  offline: "M3 3 21 21M5 12a10 10 0 0 1 5-2.6M14 9.4A10 10 0 0 1 19 12M8.5 15.5a5 5 0 0 1 7 0M12 19h.01",
  echo: "M4 5h11v8H9l-3 3v-3H4ZM18 9h2v8h-2v3l-3-3h-5",
  arrow: "M5 12h14M13 6l6 6-6 6",
  back: "M19 12H5M11 6l-6 6 6 6",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  close: "M6 6 18 18M18 6 6 18",
  edit: "M4 20h4L19 9l-4-4L4 16ZM13 7l4 4",
  move: "M12 3v18M3 12h18M12 3 9 6M12 3l3 3M12 21l-3-3M12 21l3-3M3 12l3-3M3 12l3 3M21 12l-3-3M21 12l-3 3",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18ZM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
};

/** Draw further icons, {name: path}. */
export const learn = (paths) => Object.assign(PATHS, paths);

/** An icon by name; `flip` mirrors it where the page runs from right to left (arrows). */
export function Icon({ name, flip }) {
  return html`<svg class="ico ${flip ? "flip" : ""}" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${PATHS[name]} />
  </svg>`;
}
