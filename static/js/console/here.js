/** What every part of the console reads: given once, at the top. */

import { createContext, useContext } from "../../vendor/preact.js";

export const Here = createContext(null);

/** {store, lang, languages, clock, ask, link, workshop, address, net, presence, heard, past, turn, view, go}:
 *
 * `store` is that of lib/tables.js; `lang` the reader's language, `languages` the workshop's; `clock()` gives workshop
 * ms; `ask(command)` resolves with the answer; `link` is the id of this facilitator's link, `workshop` the workshop's;
 * `presence` {connected, stages} or null; `heard` says when cards came (activity.js); `past` is lib/history.js's and
 * `turn(ask, back)` undoes or redoes; `view` {page, id} is what the middle shows and `go(path)` changes it.
 */
export const useHere = () => useContext(Here);
