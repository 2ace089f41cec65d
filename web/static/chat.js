/* Makes the plain page livelier: nothing here is needed to ask and to read. What is typed waits in the browser until
   the server has stored it, so a message written without a network leaves when there is one. */
(function () {
  "use strict";
  if (!window.fetch || !window.EventSource || !window.FormData || !window.URLSearchParams) return;

  var byId = function (id) { return document.getElementById(id); };
  var log = byId("log"), form = byId("say"), box = byId("text"), files = byId("files"), net = byId("net");
  var problem = byId("problem"), newer = byId("new"), say = form.dataset;
  var KEY = "chungtay.unsent", SLOW_MS = 5000, RETRY_MS = 4000, HIDDEN_MS = 60000, NEAR_END = 160, SHOWN_MS = 300;
  var MAX_FILE = 5 * 1024 * 1024, MAX_FILES = 4;
  var unsent = restore(), sending = false, retryTimer = 0, askedForCookie = false;
  var source = null, resume = log.dataset.after, reopenTimer = 0, hiddenTimer = 0;
  var shownTimer = 0, confirmed = 0, at = form.elements.at ? form.elements.at.value : "";

  /* --- what waits to be stored --- */

  function restore() {
    try {
      return (JSON.parse(localStorage.getItem(KEY)) || []).filter(function (one) { return one && one.fields && one.fields.nonce; });
    } catch (_) { return []; }
  }

  // Another page of the same visitor keeps its messages in the same place: only our own are changed.
  function keep(finished) {
    var ours = unsent.map(function (one) { return one.fields.nonce; }).concat(finished || []);
    var others = restore().filter(function (one) { return ours.indexOf(one.fields.nonce) < 0; });
    // Files do not fit into this storage: a message with files waits only as long as the page is open.
    var plain = unsent.filter(function (one) { return !one.files; }).map(function (one) {
      return { fields: one.fields, label: one.label };
    });
    try {
      if (others.length + plain.length) localStorage.setItem(KEY, JSON.stringify(others.concat(plain)));
      else localStorage.removeItem(KEY);
    } catch (_) { /* a private window: it waits in memory */ }
  }

  function newId() {
    return Array.prototype.map.call(crypto.getRandomValues(new Uint8Array(16)), function (byte) {
      return ("0" + byte.toString(16)).slice(-2);
    }).join("");
  }

  function queue(fields, label, chosen) {
    fields.nonce = newId();
    ["seen", "at", "lang"].forEach(function (name) {
      if (form.elements[name]) fields[name] = form.elements[name].value;
    });
    var one = { fields: fields, label: label, files: chosen && chosen.length ? chosen : null };
    unsent.push(one);
    keep();
    show(one);
    toEnd();
    flush();
  }

  function flush() {
    clearTimeout(retryTimer);
    var next = unsent[0];
    if (sending || !next) return;
    sending = true;
    var body = new FormData();
    Object.keys(next.fields).forEach(function (name) { body.append(name, next.fields[name]); });
    (next.files || []).forEach(function (file) { body.append("files", file); });
    var slow = setTimeout(function () { state(next, say.slow); }, SLOW_MS);
    post("/messages", body).then(function (answer) {
      if (answer.status === 204) return stored(next);
      // Without its cookie the server gives a new one and asks for the message again.
      if (answer.status === 409 && !askedForCookie) { askedForCookie = true; return null; }
      return answer.text().then(function (text) { refused(next, text); });
    }).then(function () { done(slow); flush(); }, function () {
      done(slow);
      offline();
      retryTimer = setTimeout(flush, RETRY_MS);
    });
  }

  function done(slow) { clearTimeout(slow); sending = false; }

  function stored(one) {
    state(one, "");
    if (one.bubble && kept(one)) one.bubble.remove();
    finish(one);
    askedForCookie = false;
    net.hidden = true;
    listen();
  }

  function finish(one) {
    unsent = unsent.filter(function (other) { return other !== one; });
    keep(one.fields.nonce);
  }

  function refused(one, text) {
    finish(one);
    if (one.bubble) one.bubble.remove();
    if (one.fields.text && !box.value) box.value = one.fields.text;
    complain(text || say.trouble);
  }

  function post(url, body) {
    return fetch(url, { method: "POST", body: body, credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
  }

  function offline() {
    net.textContent = navigator.onLine === false ? say.offline : say.slow;
    net.hidden = false;
    unsent.forEach(function (one) { state(one, say.sending); });
  }

  function complain(text) {
    problem.textContent = text ? "■ " + text : "";
    problem.hidden = !text;
  }

  /* --- bubbles --- */

  function show(one) {
    var bubble = byId("own").content.firstElementChild.cloneNode(true);
    var names = (one.files || []).map(function (file) { return say.photo + " " + file.name; });
    bubble.querySelector(".t").textContent = [one.label || one.fields.text].concat(names).filter(Boolean).join("\n");
    if (!bubble.querySelector(".t").textContent.trim()) return;
    bubble.classList.add("own");
    bubble.dataset.nonce = one.fields.nonce;
    one.bubble = bubble;
    state(one, say.sending);
    log.appendChild(bubble);
  }

  function state(one, text) { if (one.bubble) one.bubble.querySelector("time").textContent = text; }

  // Our own words as the server has them: they come back under the id we gave them.
  function kept(one) {
    return Array.prototype.some.call(log.querySelectorAll(".me:not(.own)"), function (bubble) {
      return bubble.dataset.nonce === one.fields.nonce;
    });
  }

  function takePlace(bubble) {
    Array.prototype.forEach.call(log.querySelectorAll(".own"), function (own) {
      if (own.dataset.nonce === bubble.dataset.nonce) own.remove();
    });
  }

  function arrived(event) {
    var held = document.createElement("template");
    held.innerHTML = event.data;
    var bubble = held.content.firstElementChild;
    resume = event.lastEventId || resume;
    if (!bubble || byId(bubble.id)) return;
    var follow = nearEnd();
    if (bubble.classList.contains("me")) takePlace(bubble);
    bubble.classList.add("fresh");
    var id = Number(bubble.dataset.id);
    var after = Array.prototype.filter.call(log.children, function (one) {
      return one.classList.contains("own") || Number(one.dataset.id) > id;
    })[0];
    log.insertBefore(bubble, after || null);
    form.elements.seen.value = Math.max(id, Number(form.elements.seen.value));
    ["at", "lang"].forEach(function (name) { if (form.elements[name]) form.elements[name].remove(); });
    Array.prototype.forEach.call(document.querySelectorAll("a[data-payload]"), asButton);
    if (byId("waiting")) byId("waiting").remove();
    if (follow) toEnd(); else if (!bubble.classList.contains("me")) newer.hidden = false;
    wasShown();
  }

  // Before the first message another language is another address; from then on it is something to say.
  function asButton(link) {
    var button = document.createElement("button");
    button.name = "payload";
    button.value = link.dataset.payload;
    button.textContent = link.textContent;
    button.lang = link.lang;
    button.setAttribute("form", "say");
    button.setAttribute("data-plain", "");
    link.parentNode.replaceChild(button, link);
  }

  /* --- where the reader is --- */

  function lastOwn() {
    var own = log.querySelectorAll(".me");
    return own[own.length - 1];
  }

  function nearEnd() {
    var page = document.documentElement, own = lastOwn();
    if (page.scrollHeight - window.scrollY - window.innerHeight < NEAR_END) return true;
    var top = own ? own.getBoundingClientRect().top : -1;
    return top >= 0 && top < form.getBoundingClientRect().top;
  }

  // The question at the top, its answer below: a long answer is read from its beginning.
  function toEnd() {
    var own = lastOwn();
    if (own) own.scrollIntoView({ block: "start" }); else window.scrollTo(0, document.documentElement.scrollHeight);
    newer.hidden = true;
  }

  function wasShown() {
    clearTimeout(shownTimer);
    shownTimer = setTimeout(function () {
      var ours = log.querySelectorAll("[data-id]:not(.me)");
      var last = ours.length ? Number(ours[ours.length - 1].dataset.id) : 0;
      if (document.hidden || last <= confirmed) return;
      confirmed = last;
      post("/seen", new URLSearchParams({ up_to: String(last) })).catch(function () { confirmed = 0; });
    }, SHOWN_MS);
  }

  /* --- what comes in --- */

  function listen() {
    clearTimeout(reopenTimer);
    if (source && source.readyState !== 2) return;
    source = new EventSource("/stream?after=" + encodeURIComponent(resume) + "&lang=" + document.documentElement.lang + "&at=" + encodeURIComponent(at));
    source.onopen = function () { net.hidden = true; flush(); };
    source.onmessage = arrived;
    source.onerror = function () {
      if (navigator.onLine === false) offline();
      // The browser comes back by itself after a broken connection, but not after a refusal.
      if (source.readyState === 2) reopenTimer = setTimeout(listen, RETRY_MS);
    };
  }

  function rest() { if (source) source.close(); source = null; }

  document.addEventListener("visibilitychange", function () {
    clearTimeout(hiddenTimer);
    if (document.hidden) { hiddenTimer = setTimeout(rest, HIDDEN_MS); return; }
    if (log.querySelector("[data-id], .own")) listen();
    wasShown();
  });
  window.addEventListener("online", function () { net.hidden = true; flush(); if (source) { rest(); listen(); } });
  window.addEventListener("offline", offline);
  window.addEventListener("scroll", function () { if (nearEnd()) newer.hidden = true; }, { passive: true });
  newer.addEventListener("click", toEnd);

  /* --- what the reader does --- */

  /* With a keyboard Enter sends and Shift+Enter begins a line; on a phone the key begins a line, the button sends. */
  box.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    if (!window.matchMedia || !window.matchMedia("(pointer: fine)").matches) return;
    event.preventDefault();
    form.requestSubmit ? form.requestSubmit() : form.querySelector(".send, [type=submit], button:not([name])").click();
  });

  form.addEventListener("submit", function (event) {
    var pressed = event.submitter;
    if (pressed && pressed.hasAttribute("data-plain")) return;
    event.preventDefault();
    complain("");
    if (pressed && pressed.name === "payload") {
      queue({ text: "", payload: pressed.value }, pressed.textContent.trim());
      return;
    }
    var chosen = Array.prototype.slice.call(files.files);
    if (chosen.length > MAX_FILES) return complain(say.many);
    if (chosen.some(function (file) { return file.size > MAX_FILE; })) return complain(say.large);
    queue({ text: box.value }, "", chosen);
    box.value = "";
    files.value = "";
    files.parentNode.open = false;
    box.removeAttribute("aria-invalid");
    box.focus();
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("button[name=set]") : null;
    if (!button) return;
    event.preventDefault();
    post("/look", new URLSearchParams({ set: button.value })).then(function (answer) { return answer.json(); }).then(function (look) {
      var root = document.documentElement;
      root.dataset.theme = look.theme;
      root.dataset.percent = look.percent;
      if (look.contrast) root.dataset.contrast = ""; else delete root.dataset.contrast;
      Array.prototype.forEach.call(document.querySelectorAll("button[name=set][aria-pressed]"), function (one) {
        var on = one.value === "contrast" ? look.contrast : one.value === "theme:" + look.theme;
        one.setAttribute("aria-pressed", String(on));
      });
    }, offline);
  });

  // What an earlier page sent without hearing that it arrived.
  unsent.filter(kept).forEach(finish);
  unsent.forEach(show);
  flush();
  if (log.querySelector("[data-id], .own") || byId("waiting")) listen();
  if (unsent.length || location.hash === "#last") toEnd();
})();
