/* Passkeys need JavaScript. Show their buttons only where they can work, and say in Dutch what went wrong. */
(function () {
  "use strict";
  var REASONS = {
    NotAllowedError: "Het is niet gelukt met uw passkey. Probeer het opnieuw.",
    InvalidStateError: "Op dit apparaat staat al een passkey voor uw account.",
    SecurityError: "Passkeys werken niet op dit webadres. Kies een andere manier."
  };
  var OTHER = "Het is niet gelukt. Controleer uw verbinding en probeer het opnieuw.";
  function show(selector, visible) {
    document.querySelectorAll(selector).forEach(function (part) { part.hidden = !visible; });
  }
  /* Sent by django-allauth's webauthn.js, which would write to the console only. */
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    var place = document.querySelector("[data-passkey-error]");
    place.querySelector("p").textContent = REASONS[event.detail.exception.name] || OTHER;
    place.hidden = false;
  });
  document.addEventListener("DOMContentLoaded", function () {
    show("[data-passkey]", Boolean(window.PublicKeyCredential));
    show("[data-passkey-missing]", !window.PublicKeyCredential);
    /* Enter in the name field does what the button does; without this the form goes without a passkey. */
    var add = document.getElementById("passkey_add");
    if (add) add.form.addEventListener("submit", function (event) { event.preventDefault(); add.click(); });
  });
})();
