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
}());
