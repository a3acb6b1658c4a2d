// Files of a form with data-pieces go in pieces: when the line is lost it waits, asks how far it came, and goes on. At
// the end the form is sent with their ids instead of the files. Without this module, or over plain http (no
// crypto.subtle), the form goes as it is. Words stand in data- attributes of the form.
'use strict'

const PIECE = 1 << 20
const sha256 = async (bytes) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
  .map((one) => one.toString(16).padStart(2, '0')).join('')
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); addEventListener('online', resolve, { once: true }) })

// The answer, however long the line is gone; only what trying again cannot mend is thrown, in words.
async function ask (form, address, options) {
  const headers = { 'X-CSRFToken': form.elements.csrfmiddlewaretoken.value, ...options.headers }
  for (let ms = 1000; ; ms = Math.min(ms * 2, 30000)) {
    const answer = await fetch(address, { ...options, headers, redirect: 'manual' }).catch(() => null)
    if (answer && (answer.type === 'opaqueredirect' || answer.status === 403)) throw new Error(form.dataset.signedOut)
    if (answer && answer.status < 500) return { status: answer.status, ...await answer.json().catch(() => ({ said: form.dataset.broke })) }
    form.querySelector('[role=status]').textContent = form.dataset.lost
    await pause(ms)
  }
}

async function send (form, file, shown) {
  const about = new FormData()
  about.set('name', file.name); about.set('size', file.size)
  about.set('sha256', file.size > form.dataset.most ? '' : await sha256(await file.arrayBuffer()))
  const held = await ask(form, form.dataset.pieces, { method: 'POST', body: about })
  if (!held.id) throw new Error(held.said)
  for (let at = held.received, broken = 0; at < file.size;) {
    shown(at)
    const body = await file.slice(at, at + PIECE).arrayBuffer()
    const told = await ask(form, `${form.dataset.pieces}${held.id}/`, { method: 'PATCH', body, headers: { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': at, 'Upload-Checksum': `sha256 ${await sha256(body)}` } })
    if (told.status !== 200 && told.status !== 409 && ++broken > 3) throw new Error(told.said)
    at = told.received ?? at
  }
  return held.id
}

async function handIn (form, files, inputs) {
  const [button, said, bar] = ['button', '[role=status]', 'progress'].map((one) => form.querySelector(one))
  button.disabled = true; bar.hidden = false; bar.max = files.reduce((sum, file) => sum + file.size, 1)
  try {
    let before = 0; const ids = []
    for (const file of files) {
      ids.push(await send(form, file, (at) => {
        bar.value = before + at
        said.textContent = `${form.dataset.sending} ${ids.length + 1}/${files.length}: ${file.name}, ${Math.round(100 * bar.value / bar.max)}%`
      }))
      before += file.size
    }
    for (const id of new Set(ids)) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'upload', value: id }))
    for (const one of inputs) one.disabled = true
    form.submit()
  } catch (error) {
    said.textContent = error.message; button.disabled = false
  }
}

if (window.crypto?.subtle) {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!form.matches('form[data-pieces]')) return
    const inputs = [...form.querySelectorAll('input[type=file]')]
    const isWorkbook = (name) => /\.(xlsx|xlsm|xls|ods|csv)$/i.test(name) && !/^(~\$|\.)/.test(name)
    const files = inputs.flatMap((one) => [...one.files].filter((file) => one.name === 'files' || isWorkbook(file.name)))
    if (!files.length) return
    event.preventDefault()
    handIn(form, files, inputs)
  })
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload() }) // back to this page: a fresh form
}
