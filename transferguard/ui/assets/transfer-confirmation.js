// SPDX-License-Identifier: Apache-2.0
/**
 * <transfer-confirmation>: what a sender sees before paying, in a browser.
 *
 * Renders the JSON that `transferguard.ui.web.sheet` makes of a sender's view, and nothing else. It decides how that looks, and
 * fetches nothing but its own style sheet; what happens next is the host's business and is asked for in events. docs/sheet.md
 * lists properties, events, parts and custom properties.
 *
 * Rules owned here (design, rule 7): somebody's name is text inside <bdi>, bounded, freed of what steers a display and of what
 * looks like a mark of ours. Our marks are drawings, never characters. No markup is parsed, no style is written inline.
 */

const SVG = "http://www.w3.org/2000/svg";
const LONGEST_NAME = 64; // code points; what `transferguard.comparison` sends at most
const LONG_NAME = 24; // code points from which a name is set smaller, so that it cannot push the main action off the screen
const LONGEST_VERIFIED = 140; // code points; the longest of the open payee-name rules
const LONGEST_APPEAL = 500; // code points, so that a reviewer reads it
const MOST_MARKS = 2; // combining marks on one letter; more climb over other lines
const SETTLE_MS = 500; // a tap meant for the screen before must not confirm on this one
const ANNOUNCED_MINUTES = new Set([60, 30, 10, 5, 1]); // when a screen reader hears how long it still takes

const STEERING = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
const JOINER = /[\u200c\u200d]/u; // needed inside emoji and Persian, and without power over direction
const COMBINING = /[\p{Mn}\p{Me}]/u;
// Ticks, crosses, warning signs, shields, locks, badges: what an app says in its own voice.
const OUR_SIGNS =
  /[\u2611\u2705\u2713\u2714\u221a\u2716-\u2718\u2610\u2612\u26a0\u2757\u26d4\u26a1\u2b50\u2605\u2606\u24d8\u2139\u203c\u2049\u2755\u{1f5f8}\u{1f5f9}\u{1f6e1}\u{1f510}-\u{1f513}\u{1f4af}\u{1f396}\u{1f3c5}\u{1f197}\u{1f6ab}\u{1f6a8}\u{1f530}\u{1f535}\u{1f7e2}\u{1f9ff}\u{1faaa}\u{1f4b3}\u{1f3e6}]/u;

const ACTIONS = {
  // outcome: [main action with somebody to turn to, main action without]
  proceed: ["pay", "pay"],
  warn: ["open_real_chat", "back"],
  challenge: ["call_first", "back"],
  delay: ["call_first", "cancel"],
  refuse: ["open_real_chat", "back"],
};

const ICONS = {
  // Paths in a box of 24: a tick for a quiet payment, an eye, a question, a clock, a bar.
  proceed: ["M5 12.5l4.5 4.5L19 7.5"],
  warn: ["M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z", "M12 9.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6z"],
  challenge: ["M8.5 9a3.5 3.5 0 1 1 5.2 3.1c-1.1.6-1.7 1.3-1.7 2.6", "M12 18.2v.3"],
  delay: ["M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17z", "M12 7.5V12l3 2.2"],
  refuse: ["M5 12h14"],
  verified: ["M12 3l7 2.7v5.6c0 4.4-2.9 7.9-7 9.7-4.1-1.8-7-5.3-7-9.700V5.700z", "M8.7 12l2.4 2.4 4.2-4.5"],
  nobody: ["M12 12.500a4 4 0 1 0 0-8a4 4 0 1 0 0 8z", "M4.5 20.500c.7-4 3.6-6 7.5-6s6.8 2 7.5 6"],
  phone: ["M6.5 4h3l1.5 4-2 1.500a11 11 0 0 0 5.5 5.500l1.5-2 4 1.500v3c0 1-.8 2-2 2C11 19 5 13 4.5 6c0-1.2 1-2 2-2z"],
  chat: ["M4 5.500h16v10.500H11l-4.5 3.500V16H4z"],
};

/** An element; strings among the children become text, never markup. */
function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function drawing(paths, attributes) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false", ...attributes })) {
    svg.setAttribute(name, value);
  }
  for (const path of paths) {
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path);
    svg.append(line);
  }
  return svg;
}

/** The code points of somebody's name, each replaced one for one where it would steer the display or speak for us. */
export function drawable(text, longest = LONGEST_NAME) {
  const points = Array.from(String(text ?? "").slice(0, 4 * longest));
  let marks = 0;
  const drawn = points.slice(0, longest).map((point) => {
    marks = COMBINING.test(point) ? marks + 1 : 0;
    if (OUR_SIGNS.test(point)) return "\u25a2";
    return (STEERING.test(point) && !JOINER.test(point)) || marks > MOST_MARKS ? "\ufffd" : point;
  });
  return points.length > longest ? [...drawn, "\u2026"] : drawn;
}

export class TransferConfirmation extends HTMLElement {
  #sheet = null;
  #root;
  #status;
  #timer = 0;
  #ahead = 0; // milliseconds by which the host's clock is ahead of this device's
  #shownAt = 0;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open", delegatesFocus: false });
  }

  /** The JSON of `transferguard.ui.web.sheet`; setting it draws the sheet anew. */
  get sheet() {
    return this.#sheet;
  }

  set sheet(sheet) {
    this.#sheet = sheet;
    this.#ahead = sheet?.now ? Date.parse(sheet.now) - Date.now() : 0;
    this.#draw();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  connectedCallback() {
    if (this.#sheet && this.#view.outcome === "delay") this.#startClock();
  }

  /** Move keyboard and screen reader to the headline. */
  focus() {
    this.#root.querySelector("h2")?.focus();
  }

  /** What the guard said to the last request: the JSON of `transferguard.ui.web.answer`. */
  answer(told) {
    this.#busy(false);
    if (told.status === "confirmed") this.#say("label.confirmed", "good");
    else if (told.status === "name_proved") this.#proved(told.shown_name);
    else if (told.status === "name_refused") this.#refusedName(told.retry_at);
    else if (told.status === "cancelled") this.#say("label.cancelled", "good");
    else if (told.status === "appealed") this.#say("label.appeal_sent", "good");
    else if (told.status === "needed") this.#say("label.changed", "bad");
    else this.#say("label.failed", "bad");
    if (!["confirmed", "cancelled", "appealed"].includes(told.status)) return;
    clearInterval(this.#timer);
    this.#root.querySelector("[part~=actions]")?.remove();
  }

  get #view() {
    return this.#sheet.view;
  }

  get #imitated() {
    return this.#view.outcome === "proceed" ? null : this.#view.comparison.imitated;
  }

  /** One of the catalogue's sentences, with numbers of ours put in. */
  #word(id, values = {}) {
    let text = this.#sheet.words[id] ?? "";
    if (typeof text === "object") text = text[new Intl.PluralRules(this.#sheet.lang).select(values.count)] ?? text.other;
    const shown = { ...values };
    if ("count" in shown) shown.count = new Intl.NumberFormat(this.#sheet.lang).format(shown.count);
    return text.replace(/\{(\w+)\}/g, (whole, name) => shown[name] ?? whole);
  }

  #moment(iso) {
    return new Intl.DateTimeFormat(this.#sheet.lang, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
  }

  #ask(name, detail = {}) {
    if (performance.now() - this.#shownAt < SETTLE_MS && name === "confirm") return;
    if (["confirm", "release", "appeal", "cancel"].includes(name)) this.#busy(true);
    const whole = { decision_id: this.#view.decision_id, transfer_id: this.#view.transfer_id, ...detail };
    this.dispatchEvent(new CustomEvent(`transfer-${name}`, { bubbles: true, composed: true, detail: whole }));
  }

  #busy(on) {
    this.#root.querySelector("section")?.setAttribute("aria-busy", String(on));
    for (const button of this.#root.querySelectorAll("[data-asks]")) button.toggleAttribute("disabled", on || button.dataset.locked === "1");
  }

  #say(id, tone, values) {
    this.#status.dataset.tone = tone;
    this.#status.textContent = this.#word(id, values);
  }

  #draw() {
    clearInterval(this.#timer);
    if (!this.#sheet) return this.#root.replaceChildren();
    const { outcome } = this.#view;
    const look = outcome === "proceed" || outcome === "refuse" ? 0 : this.#sheet.variant ?? 0;
    this.#status = h("p", { part: "status", role: "status" });
    const warnings = this.#warnings();
    const middle = look === 1 ? [this.#profiles(), warnings] : [warnings, this.#profiles()];
    const whole = h(
      "section",
      { part: "sheet", lang: this.#sheet.lang, dir: this.#sheet.dir, "aria-labelledby": "headline", "data-outcome": outcome, "data-look": look },
      this.#header(look),
      h("div", { part: "body" }, ...middle.filter(Boolean), this.#actions(), this.#status),
    );
    const style = h("link", { rel: "stylesheet", href: new URL("transfer-confirmation.css", import.meta.url).href });
    // Hidden until it is styled; a style sheet that cannot be had must not silence the warning.
    whole.hidden = true;
    style.onload = style.onerror = () => {
      whole.hidden = false;
      this.#shownAt = performance.now();
      this.dispatchEvent(new CustomEvent("transfer-shown", { bubbles: true, composed: true, detail: { outcome, look } }));
    };
    this.#root.replaceChildren(style, whole);
    if (outcome === "delay") this.#startClock();
  }

  #header(look) {
    const { outcome } = this.#view;
    const headline = this.#sheet.words[`headline.${outcome}.${look + 1}`] ? `headline.${outcome}.${look + 1}` : `headline.${outcome}`;
    return h(
      "header",
      { part: "header" },
      h("span", { part: "icon" }, drawing(ICONS[outcome], {})),
      h("h2", { part: "headline", id: "headline", tabindex: "-1" }, this.#word(headline)),
      h("p", { part: "amount" }, h("span", { class: "quiet" }, this.#word("label.you_pay")), " ", h("bdi", {}, this.#sheet.amount)),
    );
  }

  #warnings() {
    const { warnings } = this.#view;
    return warnings.length ? h("ul", { part: "warnings" }, ...warnings.map((one) => h("li", { part: "warning" }, one.text))) : null;
  }

  #profiles() {
    const { recipient, marks, regions } = this.#view.comparison;
    const imitated = this.#imitated;
    if (!imitated) return h("div", { part: "comparison", class: "alone" }, this.#profile(recipient, "recipient", [], []));
    const told = [];
    if (marks.length) told.push(this.#word("label.differences", { count: marks.reduce((sum, mark) => sum + Math.max(1, mark.length), 0) }));
    const altered = regions.filter(({ change }) => change !== "same");
    told.push(...altered.map(({ change }) => this.#word(this.#sheet.words[`label.change.${change}`] ? `label.change.${change}` : "label.change.other")));
    if (regions.length) told.push(this.#word(altered.length ? "label.outlined" : "label.change.same"));
    return h(
      "div",
      { part: "comparison" },
      this.#profile(recipient, "recipient", marks, regions),
      this.#profile(imitated, "imitated", [], regions),
      told.length ? h("p", { part: "differences" }, [...new Set(told)].join(" ")) : null,
    );
  }

  #profile(profile, who, marks, regions) {
    const named = (which) => {
      const given = profile[which];
      if (!given) return h("div", { class: "row empty" });
      return h("div", { class: `row ${which}` }, h("dt", {}, this.#word(`label.${which}`)), h("dd", {}, this.#name(given, marks.filter((mark) => mark.field === which))));
    };
    const rows = profile.remark && who === "recipient" ? ["remark", "display_name"] : ["display_name", "remark"];
    return h(
      "div",
      { part: `profile ${who}`, role: "group", "aria-labelledby": `${who}-heading` },
      h("h3", { id: `${who}-heading` }, this.#word(`label.${who}`)),
      this.#picture(profile.account, who, regions),
      h("dl", {}, ...rows.map(named), who === "recipient" ? this.#verified() : h("div", { class: "row empty" })),
    );
  }

  #verified() {
    const { level, text } = this.#view.shown_name;
    const name = level === "hidden" ? null : h("bdi", { part: "verified-name" }, drawable(text, LONGEST_VERIFIED).join(""));
    return h(
      "div",
      { class: "row verified" },
      h("dt", {}, level === "hidden" ? null : drawing(ICONS.verified, { class: "shield" }), this.#word("label.verified_name")),
      h("dd", {}, name, " ", h("span", { class: "quiet" }, this.#word(`label.name_${level}`))),
    );
  }

  /** A name in a box of its own, with the characters that differ marked for eyes and ears. */
  #name(text, marks) {
    const points = drawable(text);
    const marked = new Set(marks.flatMap((mark) => Array.from({ length: mark.length }, (_, at) => mark.at + at)));
    const gaps = new Set(marks.filter((mark) => !mark.length).map((mark) => mark.at));
    const box = h("bdi", { part: "name", class: points.length > LONG_NAME ? "long" : null });
    // For ears; a <bdi> of its own, so that our word does not decide which way the name runs.
    const hidden = (id) => h("bdi", { class: "spoken" }, ` ${this.#word(id)} `);
    for (let at = 0; at <= points.length; ) {
      if (gaps.has(at)) box.append(h("mark", { part: "mark gap" }, hidden("label.missing")));
      let end = at;
      while (end < points.length && marked.has(end) === marked.has(at) && !(end > at && gaps.has(end))) end += 1;
      const piece = points.slice(at, end).map((point) => (marked.has(at) && JOINER.test(point) ? "\ufffd" : point)).join("");
      if (piece) box.append(marked.has(at) ? h("mark", { part: "mark" }, hidden("label.different"), piece) : piece);
      at = Math.max(end, at + 1);
    }
    return box;
  }

  #picture(account, who, regions) {
    const url = this.#sheet.pictures?.[account];
    const box = h("div", { part: "picture" });
    const none = () => box.replaceChildren(drawing(ICONS.nobody, { class: "nobody", role: "img", "aria-hidden": "false", "aria-label": this.#word("label.no_picture") }));
    if (!url) {
      none();
      return box;
    }
    const picture = h("img", { alt: this.#word(`label.picture_${who}`), src: url, referrerpolicy: "no-referrer", decoding: "async" });
    const outlines = document.createElementNS(SVG, "svg");
    outlines.setAttribute("aria-hidden", "true");
    outlines.setAttribute("preserveAspectRatio", "xMidYMid slice"); // as `object-fit: cover` cuts the picture
    picture.onerror = none;
    picture.onload = () => {
      const [wide, high] = [picture.naturalWidth || 1, picture.naturalHeight || 1];
      outlines.setAttribute("viewBox", `0 0 ${wide} ${high}`);
      outlines.replaceChildren(...regions.flatMap((region) => outlined(region[who], wide, high)));
    };
    box.append(picture, outlines);
    return box;
  }

  #actions() {
    const { outcome } = this.#view;
    const main = ACTIONS[outcome][this.#imitated ? 0 : 1];
    const flow = { proceed: () => [], warn: () => this.#acknowledge(), challenge: () => this.#challenge(), delay: () => this.#delay(), refuse: () => this.#appeal() };
    const back = main === "back" || (main === "cancel" && outcome === "delay") ? null : this.#button("back", "quiet-action", () => this.#ask("back"));
    return h("div", { part: "actions" }, ...(outcome === "delay" ? [this.#clock()] : []), this.#main(main), ...flow[outcome](), back);
  }

  #main(action) {
    const does = {
      pay: () => this.#ask("confirm", { acknowledged: false }),
      back: () => this.#ask("back"),
      cancel: () => this.#ask("cancel"),
      call_first: () => this.#ask("call", { account: this.#imitated.account }),
      open_real_chat: () => this.#ask("open-chat", { account: this.#imitated.account }),
    };
    const button = this.#button(action, "main-action", does[action]);
    if (action === "pay") button.dataset.asks = "1";
    const icon = { call_first: "phone", open_real_chat: "chat" }[action];
    if (icon) {
      button.prepend(drawing(ICONS[icon], {}));
      // Whom: the sender's own word for this person, in an element of its own, never inside our sentence.
      const whom = this.#imitated.remark || this.#imitated.display_name;
      if (whom) button.lastChild.append(" ", h("bdi", { part: "whom" }, drawable(whom, 24).join("")));
    }
    return button;
  }

  #button(action, part, does, type = "button") {
    const button = h("button", { type, part }, h("span", {}, this.#word(`action.${action}`)));
    if (does) button.addEventListener("click", does);
    return button;
  }

  #acknowledge() {
    const box = h("input", { type: "checkbox", id: "read" });
    const go = this.#button("pay_anyway", "second-action", () => this.#ask("confirm", { acknowledged: true }));
    this.#lock(go, box);
    return [h("div", { part: "flow" }, h("label", { part: "acknowledge", for: "read" }, box, h("span", {}, this.#word(this.#imitated ? "label.i_compared" : "label.i_read"))), go)];
  }

  /** A button that asks something of the guard, and waits until the box is ticked. */
  #lock(button, box) {
    const follow = () => {
      button.dataset.locked = box && !box.checked ? "1" : "0";
      button.disabled = button.dataset.locked === "1";
    };
    button.dataset.asks = "1";
    box?.addEventListener("change", follow);
    follow();
  }

  /** A part that opens below its button: going on takes a step of its own. */
  #unfolding(action, form) {
    const opener = this.#button(action, "second-action", () => {
      form.hidden = !form.hidden;
      opener.setAttribute("aria-expanded", String(!form.hidden));
      if (!form.hidden) form.querySelector("input, textarea").focus();
    });
    form.hidden = true;
    form.id = "flow";
    opener.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-controls", "flow");
    return [opener, form];
  }

  #challenge() {
    const field = h("input", { part: "field", id: "typed", type: "text", autocomplete: "off", autocapitalize: "words", spellcheck: "false", maxlength: "200", dir: "auto", required: true, "aria-describedby": "wrong" });
    const go = this.#button("check_name", "second-action", null, "submit");
    this.#lock(go);
    const form = h("form", { part: "flow", novalidate: true }, h("label", { for: "typed" }, this.#word("step.type_hidden_name")), field, h("p", { part: "error", id: "wrong", role: "alert" }), go);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim()) this.#ask("confirm", { acknowledged: false, typed_name: field.value });
      else field.focus();
    });
    return this.#unfolding("type_name", form);
  }

  #refusedName(retryAt) {
    const field = this.#root.getElementById("typed");
    if (!field) return;
    this.#root.getElementById("wrong").textContent = this.#word("label.name_wrong") + (retryAt ? ` ${this.#word("label.try_again_at", { until: this.#moment(retryAt) })}` : "");
    field.setAttribute("aria-invalid", "true");
    field.select();
    field.focus();
  }

  #proved(shown) {
    if (!this.#root.querySelector("[aria-controls=flow]")) return;
    const box = h("input", { type: "checkbox", id: "meant" });
    const go = this.#button("pay_anyway", "second-action", () => this.#ask("confirm", { acknowledged: true }));
    this.#lock(go, box);
    const heading = h("h3", { tabindex: "-1" }, this.#word("label.name_proved"));
    const name = shown.text ? h("p", { part: "revealed" }, drawing(ICONS.verified, { class: "shield" }), h("bdi", {}, drawable(shown.text, LONGEST_VERIFIED).join("")), " ", h("span", { class: "quiet" }, this.#word(`label.name_${shown.level}`))) : null;
    this.#root.getElementById("flow").replaceWith(h("div", { part: "flow", id: "flow" }, heading, name, h("label", { part: "acknowledge", for: "meant" }, box, h("span", {}, this.#word("label.i_mean_this_person"))), go));
    this.#root.querySelector("[aria-controls=flow]").remove();
    heading.focus();
  }

  #clock() {
    const until = this.#view.retry_at;
    if (!until) return h("p", { part: "wait" }, this.#word("step.wait_open"));
    return h("div", { part: "wait" }, h("span", { part: "timer", role: "timer", "aria-live": "off", dir: "ltr" }), h("p", {}, this.#word("step.wait", { until: this.#moment(until) })));
  }

  #delay() {
    const again = this.#button("check_again", "second-action", () => this.#ask("release"));
    again.dataset.asks = "1";
    again.id = "again";
    again.hidden = true;
    const rest = this.#imitated ? [this.#button("cancel", "second-action", () => this.#ask("cancel"))] : [];
    if (rest.length) rest[0].dataset.asks = "1";
    return [...rest, again];
  }

  #startClock() {
    const until = Date.parse(this.#view.retry_at ?? "");
    if (Number.isNaN(until) || !this.#root.querySelector("[part=timer]")) return;
    let told = null;
    const two = new Intl.NumberFormat(this.#sheet.lang, { minimumIntegerDigits: 2 });
    const tick = () => {
      const left = Math.max(0, Math.ceil((until - Date.now() - this.#ahead) / 1000));
      const parts = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
      this.#root.querySelector("[part=timer]").textContent = parts.map((part) => two.format(part)).join(":");
      const minutes = Math.ceil(left / 60);
      if (left && minutes !== told && ANNOUNCED_MINUTES.has(minutes) && told !== null) this.#say("label.minutes_left", "calm", { count: minutes });
      told = minutes;
      if (left) return;
      clearInterval(this.#timer);
      this.#root.getElementById("again").hidden = false;
      this.#root.querySelector("[part=wait]").hidden = true;
      this.#say("label.wait_over", "calm");
    };
    clearInterval(this.#timer);
    tick();
    if (Date.now() + this.#ahead < until) this.#timer = setInterval(tick, 1000);
  }

  #appeal() {
    const field = h("textarea", { part: "field", id: "appeal", rows: "3", maxlength: String(LONGEST_APPEAL), dir: "auto" });
    const send = this.#button("send_appeal", "second-action", null, "submit");
    this.#lock(send);
    const form = h("form", { part: "flow" }, h("label", { for: "appeal" }, this.#word("label.appeal_field")), field, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask("appeal", { text: Array.from(field.value).slice(0, LONGEST_APPEAL).join("") });
    });
    return this.#unfolding("appeal", form);
  }
}

/** A region as two rectangles, light under dark, so that it is seen on every picture. */
function outlined([left, top, right, bottom], wide, high) {
  return ["halo", "line"].map((kind) => {
    const rectangle = document.createElementNS(SVG, "rect");
    const inset = 0.012;
    const [x, y] = [Math.max(inset, left) * wide, Math.max(inset, top) * high];
    const box = { x, y, width: Math.max(1, Math.min(1 - inset, right) * wide - x), height: Math.max(1, Math.min(1 - inset, bottom) * high - y) };
    for (const [name, value] of Object.entries({ ...box, class: kind, part: `region ${kind}`, "vector-effect": "non-scaling-stroke" })) rectangle.setAttribute(name, value);
    return rectangle;
  });
}

if (!customElements.get("transfer-confirmation")) customElements.define("transfer-confirmation", TransferConfirmation);
