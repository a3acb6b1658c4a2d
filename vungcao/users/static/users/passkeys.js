// Passkeys. A form with data-passkey="create" or "get" is shown where the browser knows passkeys; its button asks the
// browser and sends what it answers in the field `credential`. What to ask stands in data-options, or is fetched from
// the form's address. Bytes travel as base64url. What is said to browsers without passkeys goes away.
'use strict'

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
const known = (one) => ({ ...one, id: bytes(one.id) })

async function optionsOf (form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options).publicKey
  const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
  return (await answer.json()).request_options.publicKey
}

async function create (form) {
  const asked = await optionsOf(form)
  const alone = form.elements.passwordless?.checked
  const selection = { ...asked.authenticatorSelection, residentKey: alone ? 'required' : 'discouraged', requireResidentKey: !!alone }
  if (alone) selection.userVerification = 'required'
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: (asked.excludeCredentials || []).map(known),
      authenticatorSelection: selection
    }
  })
  return { ...plain(made), response: { clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject), transports: made.response.getTransports?.() || [] } }
}

async function get (form) {
  const asked = await optionsOf(form)
  const shown = await navigator.credentials.get({
    publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: (asked.allowCredentials || []).map(known) }
  })
  const said = shown.response
  return { ...plain(shown), response: { clientDataJSON: text(said.clientDataJSON), authenticatorData: text(said.authenticatorData), signature: text(said.signature), userHandle: said.userHandle ? text(said.userHandle) : null } }
}

const plain = (one) => ({ id: one.id, rawId: text(one.rawId), type: one.type, clientExtensionResults: one.getClientExtensionResults() })

if (window.PublicKeyCredential) {
  for (const said of document.querySelectorAll('[data-without-passkeys]')) said.hidden = true
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false
    form.querySelector('button[type=button]').addEventListener('click', async () => {
      const failed = form.querySelector('[role=alert]')
      failed.hidden = true
      try {
        form.elements.credential.value = JSON.stringify(await (form.dataset.passkey === 'create' ? create(form) : get(form)))
        form.submit()
      } catch {
        failed.hidden = false
      }
    })
  }
}
