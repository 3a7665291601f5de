/** The workshop clock as this screen knows it. `now()` gives workshop milliseconds; `set(at)` starts it anew with the
 * `at` of a join reply, `hear(at)` takes the `at` of a delta: messages only ever come late, so the larger one is right.
 */
export function makeClock(monotonic = () => performance.now()) {
  let ahead = Date.now() - monotonic();
  return {
    now: () => monotonic() + ahead,
    set: (at) => { ahead = at - monotonic(); },
    hear: (at) => { ahead = Math.max(ahead, at - monotonic()); },
  };
}
