/** When cards came to each board, as this screen has seen it: the server keeps no times of cards. */

export const QUIET_MS = 4 * 60_000;

/** A memory of the cards that this screen watches from now on, and of the step that was opened meanwhile. */
export function makeActivity() {
  const last = new Map();
  let seen = null;
  let step;
  let [since, opened] = [0, 0];
  return {
    /** Look at the cards as they are at workshop time `at`, and at which step is open; only cards written or changed
     * since the last look count. */
    look(cards, open, at) {
      if (open !== step) [step, opened] = [open, at];
      const newest = Math.max(0, ...cards.map((card) => card.text_seq));
      if (seen === null) since = at;
      else for (const card of cards) if (card.text_seq > seen) last.set(card.board, at);
      seen = Math.max(seen ?? 0, newest);
    },

    /** {ms, known, quiet}: how long ago something was last written on a board (`known` false: at least so long), and
     * whether the group has been quiet for long since the step was opened. */
    of(board, at) {
      const known = last.has(board);
      const from = known ? last.get(board) : since;
      return { ms: Math.max(0, at - from), known, quiet: at - Math.max(from, opened) >= QUIET_MS };
    },
  };
}
