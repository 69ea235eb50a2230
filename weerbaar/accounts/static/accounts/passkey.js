/* Passkeys need script; the code of an app or a reserve code does the same without.
   A form with data-passkey asks the device and is then sent as any other form.
   SPDX-License-Identifier: EUPL-1.2 */
"use strict";

(function () {
  const forms = Array.from(document.querySelectorAll("form[data-passkey]"));
  if (!forms.length || !window.PublicKeyCredential) return;

  function toBytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  }

  function toText(buffer) {
    const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
    return btoa(signs.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function withBytes(asked) {
    const known = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));
    const options = { ...asked, challenge: toBytes(asked.challenge) };
    if (asked.user) options.user = { ...asked.user, id: toBytes(asked.user.id) };
    if (asked.excludeCredentials) options.excludeCredentials = known(asked.excludeCredentials);
    if (asked.allowCredentials) options.allowCredentials = known(asked.allowCredentials);
    const first = asked.extensions && asked.extensions.prf && asked.extensions.prf.eval;
    if (first) options.extensions = { prf: { eval: { first: toBytes(first.first) } } };
    return options;
  }

  function asJson(credential) {
    const from = credential.response;
    const response = { clientDataJSON: toText(from.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach((name) => {
      if (from[name]) response[name] = toText(from[name]);
    });
    if (from.getTransports) response.transports = from.getTransports();
    const results = credential.getClientExtensionResults();
    const told = { credProps: results.credProps };
    // Only whether the device can: what it gave travels in a field of its own.
    if (results.prf) told.prf = { enabled: Boolean(results.prf.enabled) };
    return {
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: told,
      response,
    };
  }

  async function ask(form) {
    const options = { publicKey: withBytes(JSON.parse(form.dataset.passkey).publicKey) };
    const isNew = "attestation" in form.dataset;
    const credential = isNew
      ? await navigator.credentials.create(options)
      : await navigator.credentials.get(options);
    form.elements.credential.value = JSON.stringify(asJson(credential));
    const given = credential.getClientExtensionResults().prf;
    if (form.elements.prf && given && given.results) {
      form.elements.prf.value = toText(given.results.first);
    }
  }

  forms.forEach((form) => {
    const failed = form.querySelector("[data-passkey-failed]");
    const button = form.querySelector("button[type=submit]");
    form.closest("[data-passkey-part]").hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (button.disabled) return;
      button.disabled = true;
      failed.hidden = true;
      try {
        await ask(form);
        form.submit();
      } catch (error) {
        failed.hidden = false;
        button.disabled = false;
      }
    });
  });
  Array.from(document.querySelectorAll("[data-passkey-without]")).forEach((part) => {
    part.hidden = true;
  });
})();
