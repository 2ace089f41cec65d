/* Only an improvement: the pages work without it. A second press of a button does nothing while the first one is on its
   way, and the box for an answer says how much room is left. */
(function () {
  "use strict";
  document.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter;
    if (form.method !== "post") return;
    if (form.getAttribute("aria-busy")) { event.preventDefault(); return; }
    form.setAttribute("aria-busy", "true");
    // The value of the pressed button travels with it: it must not be disabled, and its label changes only afterwards.
    if (button && form.dataset.sending && button.className === "main") {
      setTimeout(function () { button.style.minWidth = button.offsetWidth + "px"; button.textContent = form.dataset.sending; }, 0);
    }
  });
  // Back in the browser brings the page as it was left: its forms can be sent again.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) location.reload();
  });
  // A part of the page as the server sees it now, in place of what stands there.
  function renew(id, address, options) {
    return fetch(address, options).then(function (answer) { return answer.text(); }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, "text/html").getElementById(id);
      var old = document.getElementById(id);
      if (fresh && old) old.replaceWith(document.adoptNode(fresh));
      return fresh;
    }).catch(function () { return null; });
  }
  // How far a notice is, as long as it goes on; only this part, so that nothing typed elsewhere is lost.
  (function follow() {
    var part = document.querySelector("#progress[data-again]");
    if (part) setTimeout(function () {
      (document.hidden ? Promise.resolve() : renew("progress", location.pathname)).then(follow);
    }, 1000 * part.dataset.again);
  }());
  // What comes while the page is open. Nothing that is being read or typed moves: the list is shown anew only while
  // nobody stands in it, a question's thread only when asked for.
  Array.prototype.forEach.call(document.querySelectorAll("[data-news]"), function (bell) {
    var told = bell.querySelector(".told"), words = told.querySelector("span"), link = told.querySelector("a");
    var see = told.querySelector(".see"), ring = bell.querySelector(".ring"), attempt = bell.querySelector(".try");
    var mark = bell.dataset.mark, urgent = Number(bell.dataset.urgent), parts = bell.dataset.parts.split(" ");
    function silent() { try { return localStorage.getItem("bell") === "off"; } catch (_) { return false; } }
    function show() {
      ring.hidden = attempt.hidden = false;
      ring.textContent = silent() ? ring.dataset.on : ring.dataset.off;
    }
    function play() {
      new Audio(bell.dataset.sound).play().catch(function () { tell(bell.dataset.blocked); });
    }
    function tell(text, href) {
      words.textContent = text;
      link.hidden = !href;
      if (href) link.href = href;
      told.classList.add("on");
    }
    function freshen() {
      see.hidden = true;
      return fetch(location.href, { headers: { "X-Renews": "1" } }).then(function (answer) { return answer.text(); }).then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html"), seen = page.querySelector("[name=seen]");
        parts.forEach(function (id) {
          var fresh = page.getElementById(id), old = document.getElementById(id);
          if (fresh && old) old.replaceWith(document.adoptNode(fresh));
        });
        Array.prototype.forEach.call(document.querySelectorAll("[name=seen]"), function (box) { if (seen) box.value = seen.value; });
      });
    }
    function busy() {
      return !ring || parts.some(function (id) {
        var part = document.getElementById(id);
        return part && part.contains(document.activeElement);
      });
    }
    function heard(news) {
      if (news.mark === mark) return;
      mark = news.mark;
      told.classList.remove("khan-now");
      var pressing = news.urgent > urgent;
      urgent = news.urgent; // also downwards: one that was answered may be open again
      if (pressing) {
        tell(bell.dataset.khan, "/console/questions/" + urgent);
        told.classList.add("khan-now");
        if (ring && !silent()) play();
        if (!busy()) freshen();
      } else if (busy()) {
        tell(bell.dataset.changed);
        see.hidden = false;
      } else {
        freshen();
      }
    }
    function ask() {
      fetch(bell.dataset.news).then(function (answer) {
        if (answer.redirected || !answer.ok) return; // the session is over: nothing more is asked
        setTimeout(ask, 20000);
        return answer.json().then(heard);
      }).catch(function () { setTimeout(ask, 20000); });
    }
    words.setAttribute("role", "status");
    see.addEventListener("click", function () { told.classList.remove("on"); freshen(); });
    if (ring) {
      show();
      ring.addEventListener("click", function () {
        try { localStorage.setItem("bell", silent() ? "on" : "off"); } catch (_) {}
        show();
      });
      attempt.addEventListener("click", play);
    }
    setTimeout(ask, 20000);
  });
  // The preview follows what is typed, a moment after the last key.
  Array.prototype.forEach.call(document.querySelectorAll("form[data-live]"), function (form) {
    var timer, latest = 0;
    form.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        var data = new URLSearchParams(new FormData(form)), mine = latest += 1;
        data.set("do", "look");
        if (!data.get("text_vi") || form.getAttribute("aria-busy")) return;
        fetch(form.action, { method: "POST", body: data }).then(function (answer) {
          return answer.ok ? answer.text() : "";
        }).then(function (text) {
          var fresh = text && mine === latest && new DOMParser().parseFromString(text, "text/html").getElementById("preview");
          if (fresh) document.getElementById("preview").replaceWith(document.adoptNode(fresh));
        }).catch(function () {});
      }, 800);
    });
  });
  Array.prototype.forEach.call(document.querySelectorAll("textarea[data-most]"), function (box) {
    var line = box.parentNode.querySelector(".count"), most = Number(box.dataset.most);
    function tell() {
      var left = most - box.value.trim().length;
      line.hidden = left > 500;
      line.textContent = line.hidden ? "" : box.dataset.left.replace("{number}", left);
    }
    box.addEventListener("input", tell);
    tell();
  });
  Array.prototype.forEach.call(document.querySelectorAll("[data-print]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
}());
