/** Dragging one thing onto another: a card onto a theme, a person into a group. The shortcut; each has a button too.
 *
 * What can be dragged carries `data-drag`, what it can be dropped on `data-drop`. Nothing is moved in the document:
 * SortableJS draws the ghost, the rows that come back draw the result.
 */

import { useEffect, useRef } from "../../vendor/preact.js";

/** A ref for the element in which to drag. `drop(dragged, target)` gets the two attributes; `fits(dragged, target)`
 * says where something may be dropped. */
export function useDragging(drop, fits = () => true) {
  const ref = useRef();
  const now = useRef();
  now.current = { drop, fits };
  useEffect(() => {
    let closed = false;
    let ended = () => {};
    import("../../vendor/sortable.js").then(({ default: Sortable }) => {
      if (!closed && ref.current) ended = follow(Sortable, ref.current, now);
    });
    return () => {
      closed = true;
      ended();
    };
  }, []);
  return ref;
}

function follow(Sortable, within, now) {
  let dragged = null;
  let target = null;
  const mark = (element) => {
    target?.classList.remove("over");
    target = element;
    target?.classList.add("over");
  };
  const under = ({ clientX, clientY }) => {
    const found = document.elementFromPoint(clientX, clientY)?.closest("[data-drop]");
    return found && within.contains(found) && now.current.fits(dragged, found.dataset.drop) ? found : null;
  };
  const look = (event) => mark(under(event.touches?.[0] ?? event));
  const lists = new Map();
  const attach = () => {
    for (const list of within.querySelectorAll("[data-drags]")) {
      if (!lists.has(list)) lists.set(list, Sortable.create(list, options));
    }
    for (const [list, sortable] of lists) {
      if (!within.contains(list)) {
        sortable.destroy();
        lists.delete(list);
      }
    }
  };
  const options = {
    sort: false, group: { name: "console", put: false }, draggable: "[data-drag]", forceFallback: true,
    fallbackOnBody: true, fallbackTolerance: 4, delay: 150, delayOnTouchOnly: true, animation: 0,
    filter: "button, a, input, select, textarea, label, summary", preventOnFilter: false, ghostClass: "held",
    onMove: () => false,
    onStart: ({ item }) => {
      dragged = item.dataset.drag;
      document.addEventListener("pointermove", look);
      document.addEventListener("touchmove", look, { passive: true });
    },
    onEnd: () => {
      document.removeEventListener("pointermove", look);
      document.removeEventListener("touchmove", look);
      const place = target?.dataset.drop;
      mark(null);
      if (place !== undefined) now.current.drop(dragged, place);
      dragged = null;
    },
  };
  attach();
  const watch = new MutationObserver(attach);
  watch.observe(within, { childList: true, subtree: true });
  return () => {
    watch.disconnect();
    for (const sortable of lists.values()) sortable.destroy();
  };
}
