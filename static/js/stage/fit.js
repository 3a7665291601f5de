/** Making things fit on a screen that nobody can scroll. */

import { useEffect, useLayoutEffect, useRef, useState } from "../../vendor/preact.js";

/** A ref for an element whose content must fit: `data-fit` goes from 0 (roomy) up to `last` until nothing overflows;
 * the style sheet says what each level means. */
export function useFit(last = 4) {
  const ref = useRef();
  const fit = () => {
    const element = ref.current;
    if (!element) return;
    for (let level = 0; level <= last; level++) {
      element.dataset.fit = level;
      if (element.scrollHeight <= element.clientHeight + 1) return;
    }
  };
  useLayoutEffect(fit);
  useEffect(() => {
    const watch = new ResizeObserver(fit);
    watch.observe(ref.current);
    document.fonts.ready.then(fit);
    document.fonts.addEventListener("loadingdone", fit);
    return () => {
      watch.disconnect();
      document.fonts.removeEventListener("loadingdone", fit);
    };
  }, []);
  return ref;
}

/** The lines that a card takes on a page, in the smallest letters. */
const weight = (card) => 1.5 + (card.text ?? "").length / 35;

/** Sections of cards as pages of about `room` lines, in three columns; a section goes on where its page was full. */
export function pagesOf(sections, room) {
  const pages = [[]];
  let left = room;
  for (const { section, cards } of sections) {
    let here = null;
    for (const card of cards) {
      if (left < weight(card) && pages.at(-1).length) {
        pages.push([]);
        [left, here] = [room, null];
      }
      if (!here) pages.at(-1).push((here = { section, cards: [] }));
      here.cards.push(card);
      left -= weight(card);
    }
  }
  return pages;
}

const PAGE_MS = 20_000;

/** The number of the page to show now: each in turn, by the workshop clock, so that every stage shows the same. */
export function usePage(count, clock) {
  const [page, turn] = useState(0);
  useEffect(() => {
    let waiting;
    const next = () => {
      turn(Math.floor(clock() / PAGE_MS) % count);
      if (count > 1) waiting = setTimeout(next, PAGE_MS - (clock() % PAGE_MS));
    };
    next();
    return () => clearTimeout(waiting);
  }, [count, clock]);
  return Math.min(page, count - 1);
}
