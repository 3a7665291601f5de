/** When cards came to each board, as this screen has seen it: the server keeps no times of cards. */

export const QUIET_MS = 4 * 60_000;

/** A memory of cards that this screen watches from now on. */
export function makeActivity() {
  const last = new Map();
  let seen = null;
  let since = 0;
  return {
    /** Look at the cards as they are at workshop time `at`; only those written or changed since the last look count. */
    look(cards, at) {
      const newest = Math.max(0, ...cards.map((card) => card.text_seq));
      if (seen === null) since = at;
      else for (const card of cards) if (card.text_seq > seen) last.set(card.board, at);
      seen = Math.max(seen ?? 0, newest);
    },

    /** {ms, known}: how long nothing has been written on a board; `known` false when it is at least so long. */
    quiet(board, at) {
      const known = last.has(board);
      return { ms: Math.max(0, at - (known ? last.get(board) : since)), known };
    },
  };
}
