/** Screens that nobody needs to begin with: fetched when the phone has nothing better to do, or when they are shown. */

import { html, useEffect, useState } from "../../vendor/preact.js";

const QUIET_MS = 1500;
const waiting = [];

/** The component `name` of a module that `load` imports. */
function later(load, name) {
  let Screen = null;
  const fetched = () => load().then((module) => { Screen = module[name]; });
  waiting.push(fetched);
  return function Later(props) {
    const [, draw] = useState(0);
    useEffect(() => {
      if (!Screen) fetched().then(() => draw(1), () => setTimeout(() => draw(Math.random()), QUIET_MS));
    });
    return Screen && html`<${Screen} ...${props} />`;
  };
}

export const Menu = later(() => import("./menu.js"), "Menu");
export const Report = later(() => import("./report.js"), "Report");
export const Themes = later(() => import("./outcome.js"), "Themes");
export const Proposals = later(() => import("./outcome.js"), "Proposals");

export const Translate = later(() => import("./translate.js"), "Translate");

/** Fetch them all, so that they are there without a connection too. */
export const fetchLater = () => setTimeout(() => waiting.forEach((fetched) => fetched().catch(() => {})), QUIET_MS);
