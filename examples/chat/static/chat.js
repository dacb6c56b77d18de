// SPDX-License-Identifier: Apache-2.0
/** One person's chat. Everything somebody wrote goes on the page as text. */

const me = decodeURIComponent(location.pathname.split("/").pop());
const at = (id) => document.getElementById(id);
const sheet = document.querySelector("transfer-confirmation");
const dialog = at("pay");
let other = new URLSearchParams(location.search).get("with") ?? "";
let people = [];
let asked = 0; // how often the page asked for its state: an older answer that comes late is not drawn
let open = null; // the transfer whose sheet is open: {to, amount, transfer}

function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== false) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

async function post(path, body = {}) {
  const response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  return response.json();
}

function notice(text) {
  at("notice").textContent = text;
  setTimeout(() => (at("notice").textContent = ""), 4000);
}

function face(url) {
  return url ? made("img", { class: "face", src: url, alt: "" }) : made("span", { class: "face" });
}

const title = (person) => person.remark || person.display_name;

async function refresh() {
  const turn = ++asked;
  const state = await (await fetch(`/api/as/${encodeURIComponent(me)}?with=${encodeURIComponent(other)}`)).json();
  if (turn !== asked) return state;
  people = state.list;
  const current = people.find((one) => one.id === other);
  at("me").replaceChildren(face(state.me.picture), made("bdi", {}, state.me.display_name ?? me));
  at("list").replaceChildren(...people.map(row));
  document.body.toggleAttribute("data-open", Boolean(current));
  at("other-name").textContent = current ? title(current) : "";
  at("other-picture").replaceChildren(...(current ? [face(current.picture)] : []));
  at("write").hidden = at("other").hidden = !current;
  if (!current) return idle(state);
  at("talk").replaceChildren(...state.talk.map(line), ...state.paid.map(paid));
  at("talk").scrollTop = at("talk").scrollHeight;
  return stage(state);
}

function idle(state) {
  at("talk").replaceChildren(made("li", { class: "hint" }, "Open a chat on the left, or let a friend’s twin write."));
  return stage(state);
}

function stage(state) {
  at("as-sender").hidden = me === state.twin;
  at("as-other").hidden = me !== state.twin;
  at("be-twin").href = `/as/${state.twin}?with=${me}`;
  if (document.activeElement !== at("new-name")) at("new-name").value = state.me.display_name ?? "";
  return state;
}

function row(person) {
  const badge = person.chosen ? null : made("span", { class: "stranger" }, "not a contact");
  const button = made(
    "button",
    { type: "button", "aria-current": person.id === other ? "true" : false },
    face(person.picture),
    made("span", { class: "two" }, made("span", { class: "name" }, made("bdi", {}, title(person)), badge), made("bdi", { class: "last" }, person.last ?? "")),
  );
  button.addEventListener("click", () => turnTo(person.id));
  return made("li", {}, button);
}

function line(message) {
  const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }).format(new Date(message.at));
  return made("li", { class: message.sender === me ? "mine" : "" }, made("bdi", {}, message.text), made("time", { datetime: message.at }, clock));
}

function paid(booking) {
  const amount = new Intl.NumberFormat(undefined, { style: "currency", currency: booking.currency }).format(booking.minor / 100);
  return made("li", { class: "paid" }, `${amount} ${booking.sender === me ? "sent" : "received"} · receipt ${booking.receipt.slice(0, 8)}`);
}

function turnTo(person) {
  other = person;
  history.replaceState(null, "", `?with=${encodeURIComponent(person)}`);
  return refresh();
}

// The transfer: an amount, then the sheet.

at("transfer").addEventListener("click", () => {
  const recipient = people.find((one) => one.id === other);
  if (!recipient) return;
  at("pay-name").textContent = title(recipient);
  at("amount-error").textContent = "";
  at("amount-form").hidden = false;
  sheet.hidden = at("close-sheet").hidden = true;
  dialog.showModal();
  at("amount").select();
});

at("amount-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  open = { to: other, amount: at("amount").value.trim() };
  await check();
});
at("no-pay").addEventListener("click", () => dialog.close());
at("close-sheet").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  open = null;
  sheet.sheet = null;
});

async function check() {
  const drawn = await post(`/api/as/${encodeURIComponent(me)}/transfers`, { ...open, locale: at("locale").value });
  if (drawn.error) {
    at("amount-error").textContent = drawn.error;
    return;
  }
  show(drawn);
}

function show(drawn) {
  // Checked again and nothing changed: the same decision, and the sender keeps what was typed so far.
  if (sheet.sheet?.view.decision_id === drawn.view.decision_id && sheet.sheet.lang === drawn.lang) return;
  open = { ...open, transfer: drawn.view.transfer_id };
  at("amount-form").hidden = true;
  sheet.hidden = false;
  at("close-sheet").hidden = true;
  sheet.sheet = drawn;
  sheet.addEventListener("transfer-shown", () => sheet.focus(), { once: true });
}

const decision = (id, what) => `/api/as/${encodeURIComponent(me)}/decisions/${encodeURIComponent(id)}/${what}`;

for (const what of ["confirm", "cancel", "appeal"]) {
  sheet.addEventListener(`transfer-${what}`, async ({ detail }) => {
    const told = await post(decision(detail.decision_id, what), detail);
    sheet.answer(told);
    if (["confirmed", "cancelled", "appealed"].includes(told.status)) {
      open = null;
      at("close-sheet").hidden = false;
      at("close-sheet").focus();
    } else if (told.status === "needed") await check();
  });
}
sheet.addEventListener("transfer-release", async ({ detail }) => {
  const told = await post(decision(detail.decision_id, "release"), { locale: at("locale").value });
  if (told.sheet) show(told.sheet);
  else sheet.answer(told);
});
sheet.addEventListener("transfer-back", () => dialog.close());
sheet.addEventListener("transfer-open-chat", async ({ detail }) => {
  dialog.close();
  await turnTo(detail.account);
});
sheet.addEventListener("transfer-call", ({ detail }) => {
  dialog.close();
  turnTo(detail.account);
  notice("Your app would call this person now, on the number that you already had.");
});

// Talk, and the stage.

at("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = at("text").value;
  at("text").value = "";
  await post(`/api/as/${encodeURIComponent(me)}/messages`, { to: other, text });
});
at("to-list").addEventListener("click", () => turnTo(""));
at("twin").addEventListener("click", async () => {
  // The stranger takes the friend's name and picture, and writes.
  await post("/api/as/stranger/profile", { display_name: "李思远", picture: "mirrored" });
  await post("/api/scenes/twin");
  await turnTo("stranger");
});
at("later").addEventListener("click", () => post("/api/scenes/later").then(() => notice("It is two hours later.")));
at("wear").addEventListener("submit", async (event) => {
  event.preventDefault();
  const told = await post(`/api/as/${encodeURIComponent(me)}/profile`, { display_name: at("new-name").value, picture: new FormData(at("wear")).get("picture") });
  notice(told.error ?? "Everybody sees it now.");
});
document.querySelector(".names").append(
  ...["旺财数码", "李思远", "季思远", "李思\u200b远", "✓ 支付客服", "\u202e远思李", "<b>李思远</b>", "😀".repeat(100)].map((name) => {
    const button = made("button", { type: "button", "aria-label": `Name: ${name.slice(0, 20)}` }, made("bdi", {}, name.replace("\u200b", "[zero width]").replace("\u202e", "[turns]").slice(0, 16)));
    button.addEventListener("click", () => (at("new-name").value = name));
    return button;
  }),
);
at("theme").addEventListener("change", () => {
  document.documentElement.dataset.theme = at("theme").value;
  sheet.setAttribute("theme", at("theme").value);
});
at("locale").addEventListener("change", () => open?.transfer && check());

// The sheet speaks the reader's language where it can.
const tongue = navigator.language.split("-")[0];
at("locale").value = [...at("locale").options].find((one) => one.value.split("-")[0] === tongue)?.value ?? "en";

const events = new EventSource(`/api/as/${encodeURIComponent(me)}/events`);
events.addEventListener("changed", refresh);
events.addEventListener("profile", async () => {
  await refresh();
  // Somebody wears another name or picture now: the open sheet must not show the old ones.
  if (open?.transfer) await check();
});
events.addEventListener("later", async () => {
  // A wait is not checked again while it lasts, which would begin a new one: `release` does that after it.
  const { now } = await refresh();
  if (sheet.sheet) sheet.sheet = { ...sheet.sheet, now };
});
events.addEventListener("end", () => events.close());
await refresh();
document.documentElement.dataset.ready = "1";
