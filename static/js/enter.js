/** Comes in by a link: posts its secret, which stands in the fragment, and goes to the page that it opens. */

const form = document.getElementById("enter");
const wrong = document.getElementById("wrong");

async function enter(secret) {
  const headers = { "Content-Type": "application/json", "X-Baraza": "1" };
  const response = await fetch("/api/exchange", { method: "POST", headers, body: JSON.stringify({ secret }) });
  const answer = await response.json();
  if (answer.ok) location.replace(answer.page);
  return answer.ok ? "" : form.dataset.unknown;
}

async function attempt(secret) {
  wrong.textContent = await enter(secret).catch(() => form.dataset.lost);
  wrong.hidden = !wrong.textContent;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const given = form.link.value.trim();
  attempt(given.slice(given.indexOf("#") + 1));
});

function byFragment() {
  if (location.hash.length < 2) return;
  const secret = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  attempt(secret);
}

addEventListener("hashchange", byFragment);
byFragment();
