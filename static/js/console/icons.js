/** Line icons that only the console has, on the same grid as those of every screen. */

export const ICONS = {
  grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
  add: "M12 5v14M5 12h14",
  undo: "M9 6 4 11l5 5M4 11h10a5 5 0 0 1 0 10h-3",
  unseen: "M4 4 20 20M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7Z",
  play: "M8 5v14l11-7Z",
  list: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  screen: "M3 5h18v11H3ZM12 16v4M8 20h8",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3ZM12 15v6",
  people: "M9 5a3 3 0 1 0 0 6 3 3 0 1 0 0-6ZM3 20a6 6 0 0 1 12 0M16 5a3 3 0 0 1 0 6M17 14a6 6 0 0 1 4 6",
  swap: "M7 4 3 8l4 4M3 8h14M17 12l4 4-4 4M21 16H7",
};
