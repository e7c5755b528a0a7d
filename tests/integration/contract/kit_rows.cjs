// kit_rows.cjs: what the conformance kit asks of a backend: a row for each promise of the API. A
// row gets the visit that all rows share and throws what does not hold, with what was expected.
'use strict'
const crypto = require('crypto')
const tls = require('tls')
const { sign } = require('./terminal.cjs')

class Broken extends Error {}
class NotAsked extends Error {} // what the row needs was not given on the command line

function need(condition, what) {
    if (!condition) throw new Broken(what)
}

function needStatus(answer, status, code) {
    const got = answer.json === null ? '' : ` ${answer.json.code ?? ''}`
    need(
        answer.status === status && (code === undefined || answer.json?.code === code),
        `expected ${status} ${code ?? ''}, got ${answer.status}${got}`
    )
    return answer
}

const texts = ['fr', 'nl', 'de', 'en']
function needText(value, what) {
    need(
        texts.every(language => typeof value?.[language] === 'string'),
        `expected ${what} in ${texts.join(', ')}`
    )
}

function needCatalogue(catalogue) {
    needText(catalogue?.municipality, 'municipality')
    need(Array.isArray(catalogue.documents) && catalogue.documents.length > 0, 'expected documents')
    need(Array.isArray(catalogue.elsewhere), 'expected elsewhere, which may be empty')
    for (const document of catalogue.documents) {
        needText(document.name, `the name of ${document.kind}`)
        need(
            Number.isInteger(document.price_cents) && document.price_cents >= 0,
            `expected price_cents of ${document.kind} in whole cents`
        )
        need(document.languages?.length > 0, `expected languages of ${document.kind}`)
        need(
            document.eligible === true || document.reason !== undefined,
            `expected a reason why ${document.kind} cannot be had`
        )
    }
}

// rows: name, what is promised, and how it is asked.
const rows = []
function row(name, promise, ask) {
    rows.push({ name, promise, ask })
}

row('stranger', 'without a certificate of the fleet nothing is answered', async visit => {
    const stranger = visit.connect(null)
    let answer
    try {
        answer = await stranger.ask('GET', '/v1/catalogue')
    } catch {
        return // refused in the handshake already, which is as good
    }
    needStatus(answer, 403, 'terminal-unknown')
})

row('tls', 'nothing below TLS 1.3 is spoken', async visit => {
    await new Promise((resolve, reject) => {
        const socket = tls.connect({
            host: visit.url.hostname,
            port: visit.url.port || 443,
            servername: visit.url.hostname,
            ca: visit.authority,
            cert: visit.identity.certificate,
            key: visit.identity.key,
            maxVersion: 'TLSv1.2'
        })
        socket.setTimeout(10000, () => socket.destroy(new Error('silent')))
        socket.on('secureConnect', () => {
            socket.destroy()
            reject(new Broken('expected a refusal of TLS 1.2, a connection came about'))
        })
        socket.on('error', () => resolve())
    })
})

row('catalogue', 'the catalogue is told without a resident', async visit => {
    needCatalogue(needStatus(await visit.terminal.ask('GET', '/v1/catalogue'), 200).json)
})

row('json-type', 'answers are application/json', async visit => {
    const answer = await visit.terminal.ask('GET', '/v1/catalogue')
    need(
        /^application\/json\b/.test(answer.headers['content-type']),
        `expected application/json, got ${answer.headers['content-type']}`
    )
})

row('problem-type', 'problems are application/problem+json (RFC 9457)', async visit => {
    const answer = await visit.terminal.ask('GET', '/v1/conformance')
    need(
        /^application\/problem\+json\b/.test(answer.headers['content-type']),
        `expected application/problem+json, got ${answer.headers['content-type']}`
    )
})

row(
    'problem-members',
    'a problem has type, title and the status that it was sent with',
    async visit => {
        const { status, json } = await visit.terminal.ask('GET', '/v1/conformance')
        need(typeof json?.type === 'string' && json.title?.length > 0, 'expected type and title')
        need(
            json.status === status,
            `expected the member status to be ${status}, got ${json.status}`
        )
    }
)

row(
    'problem-bare',
    'a problem shows nothing of the inside: no stack, file or statement',
    async visit => {
        const answer = await visit.terminal.ask('POST', '/v1/sessions', { body: '{"channel":' })
        const known = ['type', 'title', 'status', 'detail', 'code', 'instance', 'reason']
        const strange = Object.keys(answer.json ?? {}).filter(member => !known.includes(member))
        need(strange.length === 0, `unexpected members: ${strange.join(', ')}`)
        need(
            !/\bat \S+:\d+|\.(c|java|py|js|php|cs):\d+|\bSELECT\b|Traceback|Exception/.test(
                answer.body
            ),
            'the text looks like the inside of a program'
        )
    }
)

row('not-found', 'what is not there is 404', async visit => {
    needStatus(await visit.terminal.ask('GET', '/v1/conformance'), 404, 'not-found')
})

row('method', 'a wrong method is 405 and Allow names the right one', async visit => {
    const answer = needStatus(await visit.terminal.ask('PUT', '/v1/catalogue', { json: {} }), 405)
    need(/\bGET\b/.test(answer.headers.allow), `expected Allow: GET, got ${answer.headers.allow}`)
})

row('body-limit', 'a body over 256 kB is 413', async visit => {
    const answer = await visit.terminal.ask('POST', '/v1/sessions', {
        json: { channel: 'x'.repeat(300 * 1024) }
    })
    needStatus(answer, 413, 'too-large')
})

row('body-depth', 'a body of more than 8 levels is 400', async visit => {
    const text = JSON.stringify({ ...visit.card.request, deep: [[[[[[[[[[[[0]]]]]]]]]]]] })
    needStatus(await visit.terminal.ask('POST', '/v1/sessions', { body: text }), 400, 'bad-request')
})

row('body-twice', 'a body with a member twice is 400', async visit => {
    const text = JSON.stringify(visit.card.request).replace('{', '{"channel":"kiosk",')
    needStatus(await visit.terminal.ask('POST', '/v1/sessions', { body: text }), 400, 'bad-request')
})

row('body-detail', 'a bad body is told which member is wrong', async visit => {
    const answer = await visit.terminal.ask('POST', '/v1/sessions', {
        json: { ...visit.card.request, identity: undefined }
    })
    needStatus(answer, 400, 'bad-request')
    need(/identity/.test(answer.json.detail), 'expected a detail that names identity')
})

row('body-unknown', 'members that the API does not know are ignored', async visit => {
    needStatus(
        await visit.terminal.ask('POST', '/v1/sessions', {
            json: { ...visit.card.request, of_a_later_version: 1 }
        }),
        201
    )
})

row(
    'challenge-form',
    'a challenge has a nonce of 32 bytes and holds five minutes at most',
    async visit => {
        const { challenge } = await visit.open(visit.terminal)
        need(
            Buffer.from(challenge.nonce ?? '', 'base64').length === 32,
            'expected a nonce of 32 bytes'
        )
        const seconds = challenge.expires - challenge.time
        need(
            seconds > 0 && seconds <= 300,
            `expected expires 1 to 300 s after time, got ${seconds}`
        )
    }
)

row('challenge-time', 'the challenge carries the time, to within two minutes', async visit => {
    const { challenge } = await visit.open(visit.terminal)
    const apart = Math.abs(challenge.time - Date.now() / 1000)
    need(apart <= 120, `the challenge's time is ${Math.round(apart)} s from this machine's`)
})

row('challenge-new', 'no challenge is given twice', async visit => {
    const [one, other] = [await visit.open(visit.terminal), await visit.open(visit.terminal)]
    need(one.challenge.nonce !== other.challenge.nonce, 'two sessions got the same nonce')
})

row('card-forged', 'a card whose address was changed is refused', async visit => {
    const address = Buffer.from(visit.card.request.address, 'base64')
    address[3] ^= 1
    const forged = { ...visit.card.request, address: address.toString('base64') }
    needStatus(
        await visit.terminal.ask('POST', '/v1/sessions', { json: forged }),
        403,
        'card-not-verifiable'
    )
})

row('proof-wrong', 'a signature of something else proves nobody', async visit => {
    const session = await visit.open(visit.terminal)
    const signature = sign(Buffer.from('something else'), visit.card.key)
    needStatus(await visit.prove(visit.terminal, session, signature), 403, 'card-not-verifiable')
})

row('proof-once', 'a challenge works once', async visit => {
    const { session, signature } = await visit.proved()
    needStatus(await visit.prove(visit.terminal, session, signature), 409, 'challenge-stale')
})

row(
    'proof-connection',
    'a proof signed for one TLS connection is worth nothing on another',
    async visit => {
        const session = await visit.open(visit.terminal)
        const signature = sign(visit.terminal.message(session, visit.card), visit.card.key)
        const answer = await visit.prove(visit.connect(visit.identity), session, signature)
        need(
            answer.status === 409 || answer.status === 403,
            `expected 409 or 403, got ${answer.status}`
        )
    }
)

row(
    'proof-catalogue',
    "a proof is answered with token, the resident's catalogue and their children",
    async visit => {
        const { answer } = await visit.proved()
        need(Array.isArray(answer.children), 'expected children, which may be empty')
        needCatalogue(answer.catalogue)
        need(
            answer.expires > Date.now() / 1000 && answer.expires < Date.now() / 1000 + 15 * 60 + 60,
            'expected a proof that holds, and 15 minutes at most'
        )
    }
)

row('private-kept', 'no answer that holds data of a person may be kept (no-store)', async visit => {
    const { response } = await visit.proved()
    need(
        /no-store/.test(response.headers['cache-control']),
        `expected Cache-Control: no-store, got ${response.headers['cache-control']}`
    )
})

row('order-token', 'without a proved resident there is no order', async visit => {
    needStatus(
        await visit.terminal.ask('POST', '/v1/orders', {
            key: crypto.randomUUID(),
            json: visit.wish
        }),
        401,
        'unauthorized'
    )
})

row('order-key', 'an order without Idempotency-Key is 400', async visit => {
    const { token } = (await visit.proved()).answer
    needStatus(
        await visit.terminal.ask('POST', '/v1/orders', { token, json: visit.wish }),
        400,
        'bad-request'
    )
})

row('order-subject', "somebody else's child is not possible", async visit => {
    const { token } = (await visit.proved()).answer
    needStatus(
        await visit.terminal.ask('POST', '/v1/orders', {
            token,
            key: crypto.randomUUID(),
            json: { ...visit.wish, subject: 'child-0123456789abcdef' }
        }),
        403,
        'not-possible'
    )
})

row(
    'order-form',
    "an order has its key as name, pages, price and the document's hash",
    async visit => {
        const { key, order } = await visit.ordered()
        need(order.order === key, "expected the Idempotency-Key as the order's identifier")
        need(
            order.pages >= 1 && Number.isInteger(order.price_cents),
            'expected pages and price_cents'
        )
        need(/^[0-9a-f]{64}$/.test(order.sha256), 'expected sha256 in 64 small hexadecimal digits')
        need(
            (order.verification_code === undefined) === (order.verification_address === undefined),
            'expected verification_code with verification_address, or neither'
        )
    }
)

row('order-state', 'an order of this terminal can be asked for', async visit => {
    const { key } = await visit.ordered()
    const answer = needStatus(await visit.terminal.ask('GET', `/v1/orders/${key}`), 200)
    need(answer.json.state === 'ISSUED', `expected ISSUED, got ${answer.json.state}`)
})

row('order-again', 'the same key again is the same order', async visit => {
    const { key, order } = await visit.ordered()
    const { token } = (await visit.proved()).answer
    const again = needStatus(
        await visit.terminal.ask('POST', '/v1/orders', { token, key, json: visit.wish }),
        201
    )
    need(again.json.reference === order.reference, 'the repeated order has another reference')
})

row('order-conflict', 'the same key for something else is 409', async visit => {
    const { key } = await visit.ordered()
    const { token } = (await visit.proved()).answer
    const other = { ...visit.wish, language: visit.wish.language === 'fr' ? 'nl' : 'fr' }
    needStatus(
        await visit.terminal.ask('POST', '/v1/orders', { token, key, json: other }),
        409,
        'conflict'
    )
})

row('document-type', 'the document is application/pdf', async visit => {
    const answer = await visit.document()
    need(
        /^application\/pdf\b/.test(answer.headers['content-type']),
        `expected application/pdf, got ${answer.headers['content-type']}`
    )
})

row('document-hash', 'the document is the PDF whose hash the order told', async visit => {
    const { order } = await visit.ordered()
    const { body } = await visit.document()
    need(
        crypto.createHash('sha256').update(body).digest('hex') === order.sha256,
        'the document has another hash than the order told'
    )
})

row('document-sealed', 'the document is a PDF with one signature over all of it', async visit => {
    const { body } = await visit.document()
    need(body.subarray(0, 7).toString() === '%PDF-1.', 'expected %PDF-1. at the beginning')
    const range = /\/ByteRange\s*\[\s*0 (\d+) (\d+) (\d+)\s*\]/.exec(body.toString('latin1'))
    need(
        range !== null && Number(range[2]) + Number(range[3]) === body.length,
        'expected a signature whose byte range ends with the file'
    )
})

row('document-token', 'without a proved resident there is no document', async visit => {
    const { key } = await visit.ordered()
    needStatus(await visit.terminal.ask('GET', `/v1/orders/${key}/document`), 401, 'unauthorized')
})

row('other-terminal-order', 'another terminal learns nothing of an order', async visit => {
    const { key } = await visit.ordered()
    needStatus(await visit.otherTerminal().ask('GET', `/v1/orders/${key}`), 404, 'not-found')
})

row('other-terminal-token', 'a token is worth nothing at another terminal', async visit => {
    const { token } = (await visit.proved()).answer
    needStatus(
        await visit
            .otherTerminal()
            .ask('POST', '/v1/orders', { token, key: crypto.randomUUID(), json: visit.wish }),
        401,
        'unauthorized'
    )
})

row('outcome-key', 'an outcome without Idempotency-Key is 400', async visit => {
    const { key } = await visit.ordered()
    needStatus(
        await visit.terminal.ask('POST', `/v1/orders/${key}/outcome`, {
            json: { delivered: true, sheets: 1 }
        }),
        400,
        'bad-request'
    )
})

row('outcome', 'an outcome settles the order', async visit => {
    const answer = await visit.settled()
    need(answer.json?.state === 'DELIVERED', `expected DELIVERED, got ${answer.json?.state}`)
})

row('outcome-again', 'the same outcome again is the same answer', async visit => {
    await visit.settled()
    needStatus(await visit.settle(true, 1), 200)
})

row('outcome-conflict', 'another outcome of a settled order is 409', async visit => {
    await visit.settled()
    needStatus(await visit.settle(false, 0), 409, 'conflict')
})

row('document-late', 'the document of a settled order is not handed out any more', async visit => {
    await visit.settled()
    needStatus(await visit.document(true), 409, 'conflict')
})

row('session-ended', 'DELETE ends the session, and its token is worth nothing', async visit => {
    const proved = await visit.proveAnew()
    needStatus(await visit.terminal.ask('DELETE', `/v1/sessions/${proved.session.session}`), 204)
    needStatus(
        await visit.terminal.ask('POST', '/v1/orders', {
            token: proved.answer.token,
            key: crypto.randomUUID(),
            json: visit.wish
        }),
        401,
        'unauthorized'
    )
})

module.exports = { rows, Broken, NotAsked, needStatus }
