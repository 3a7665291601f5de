/** Before the phone's page: posts the QR's fragment, and makes somebody a person of the workshop. */

const knock = document.getElementById("knock");
const form = document.getElementById("join");

if (knock && location.hash.length > 1) {
  knock.secret.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  knock.submit();
}

if (form) {
  const { workshop, code, secret, languages } = form.dataset;
  const chosen = new URLSearchParams(location.search).get("lang");
  const base = (lang) => lang.split("-")[0].toLowerCase();
  const spoken = languages.split(" ").map(base);
  const lang = chosen ?? navigator.languages.map(base).find((l) => spoken.includes(l)) ?? document.documentElement.lang;
  const go = () => location.replace(`/p/${workshop}${chosen ? `?lang=${chosen}` : ""}`);
  const wrong = document.getElementById("wrong");
  const button = form.querySelector("[type=submit]");

  async function join() {
    const given = new FormData(form);
    const name = given.get("name").trim();
    const attributes = {};
    for (const [key, value] of given) if (key.startsWith("a.") && value.trim()) attributes[key.slice(2)] = value.trim();
    const asked = { attributes, lang, ...(name && { name }), ...(secret ? { secret } : { code }) };
    const headers = { "Content-Type": "application/json" };
    const answer = await (await fetch("/api/join", { method: "POST", headers, body: JSON.stringify(asked) })).json();
    if (!answer.ok) return answer.error.code;
    localStorage.setItem(`w/${workshop}`, answer.token);
    go();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    const code = await join().catch(() => "no-connection");
    wrong.hidden = button.disabled = !code;
    if (code) wrong.textContent = form.getAttribute(`data-${code}`) ?? form.dataset.bug;
  });
  button.disabled = false;
  if (localStorage.getItem(`w/${workshop}`)) go();
}
