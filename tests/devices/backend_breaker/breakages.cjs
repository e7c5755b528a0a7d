// breakages.cjs: a backend's mistakes, one for each row of the conformance kit that bears its
// name. Each is a relay's `ask`: it damages one property of what the real municipality answers,
// and nothing else.
'use strict'
const crypto = require('crypto')

const problem = (status, code) => ({
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: JSON.stringify({ type: 'about:blank', title: 'Damaged', status, code })
})

const isCall = (exchange, method, pattern) =>
    exchange.method === method && pattern.test(exchange.url)
const SESSIONS = /^\/v1\/sessions$/
const PROOF = /^\/v1\/sessions\/[^/]+\/proof$/
const ORDERS = /^\/v1\/orders$/
const ORDER = /^\/v1\/orders\/[^/]+$/
const DOCUMENT = /^\/v1\/orders\/[^/]+\/document$/
const OUTCOME = /^\/v1\/orders\/[^/]+\/outcome$/

// Changes the JSON of good answers to one call.
function changing(method, pattern, change) {
    return async (exchange, forward) => {
        const answer = await forward(exchange)
        if (!isCall(exchange, method, pattern) || answer.status >= 300) return answer
        return { ...answer, body: JSON.stringify(change(answer.json, exchange)) }
    }
}

// Answers something else where the municipality refuses one call with this status and code.
function instead(method, pattern, status, code, other) {
    return async (exchange, forward) => {
        const answer = await forward(exchange)
        const meant =
            isCall(exchange, method, pattern) &&
            answer.status === status &&
            answer.json?.code === code
        return meant ? other(exchange, forward, answer) : answer
    }
}

function withHeader(applies, name, value) {
    return async (exchange, forward) => {
        const answer = await forward(exchange)
        return applies(answer, exchange)
            ? { ...answer, headers: { ...answer.headers, [name]: value } }
            : answer
    }
}

// Lets a call through as the first terminal, whoever asked.
function asFirstTerminal(method, pattern) {
    return (exchange, forward) =>
        forward(
            isCall(exchange, method, pattern) ? { ...exchange, terminal: 'kiosk-0001' } : exchange
        )
}

// The backend that repeats an answer which it should give once: from a memory of its own.
function remembering(key, applies) {
    const given = new Map()
    return async (exchange, forward) => {
        const answer = await forward(exchange)
        const name = key(exchange)
        if (answer.status < 300 && applies(exchange)) given.set(name, answer)
        return answer.status === 409 && given.has(name) ? given.get(name) : answer
    }
}

const known = [
    'channel',
    'authentication_certificate',
    'issuer_certificate',
    'register_certificate',
    'identity',
    'identity_signature',
    'address',
    'address_signature'
]

// Reads a body without any bounds and hands over what it knows of it.
async function readCarelessly(exchange, forward) {
    const body = JSON.parse(exchange.body)
    const kept = Object.fromEntries(
        known.filter(name => name in body).map(name => [name, body[name]])
    )
    return forward({ ...exchange, body: Buffer.from(JSON.stringify(kept)) })
}

const isProblem = answer => answer.headers['content-type'] === 'application/problem+json'
const orderOf = exchange => exchange.url.split('/')[3]

function breakages() {
    return {
        stranger: (exchange, forward) =>
            forward(
                exchange.socket.getPeerCertificate().subject === undefined
                    ? { ...exchange, terminal: 'kiosk-0001' }
                    : exchange
            ),
        catalogue: changing('GET', /^\/v1\/catalogue$/, catalogue => ({
            ...catalogue,
            documents: []
        })),
        'json-type': withHeader(
            answer => answer.headers['content-type'] === 'application/json',
            'content-type',
            'text/html'
        ),
        'problem-type': withHeader(isProblem, 'content-type', 'application/json'),
        'problem-members': async (exchange, forward) => {
            const answer = await forward(exchange)
            return isProblem(answer)
                ? { ...answer, body: JSON.stringify({ ...answer.json, title: undefined }) }
                : answer
        },
        'problem-bare': async (exchange, forward) => {
            const answer = await forward(exchange)
            return isProblem(answer)
                ? {
                      ...answer,
                      body: JSON.stringify({ ...answer.json, stack: 'at main (server.js:12)' })
                  }
                : answer
        },
        'not-found': instead('GET', /^\/v1\/conformance$/, 404, 'not-found', () =>
            problem(403, 'not-possible')
        ),
        method: async (exchange, forward) => {
            const answer = await forward(exchange)
            const { allow, ...headers } = answer.headers
            return allow === undefined ? answer : { ...answer, headers }
        },
        'body-limit': instead('POST', SESSIONS, 413, 'too-large', () => problem(500, 'internal')),
        'body-depth': instead('POST', SESSIONS, 400, 'bad-request', (exchange, forward, answer) =>
            exchange.body.includes('"deep":') ? readCarelessly(exchange, forward) : answer
        ),
        'body-twice': instead('POST', SESSIONS, 400, 'bad-request', (exchange, forward, answer) =>
            exchange.body.toString().split('"channel":').length > 2
                ? readCarelessly(exchange, forward)
                : answer
        ),
        'body-detail': instead('POST', SESSIONS, 400, 'bad-request', () =>
            problem(400, 'bad-request')
        ),
        'body-unknown': async (exchange, forward) =>
            isCall(exchange, 'POST', SESSIONS) && exchange.body.includes('"of_a_later_version"')
                ? problem(400, 'bad-request')
                : forward(exchange),
        'challenge-form': changing('POST', SESSIONS, session => ({
            ...session,
            challenge: { ...session.challenge, expires: session.challenge.time + 86400 }
        })),
        'card-forged': instead(
            'POST',
            SESSIONS,
            403,
            'card-not-verifiable',
            (exchange, forward, answer) => ({
                ...answer,
                status: 201,
                body: JSON.stringify({
                    session: crypto.randomUUID(),
                    challenge: { nonce: '', time: 0, expires: 60, server: '' }
                })
            })
        ),
        'proof-wrong': instead(
            'POST',
            PROOF,
            403,
            'card-not-verifiable',
            (exchange, forward, answer) => ({
                ...answer,
                status: 200,
                body: JSON.stringify({ token: 'anything', expires: 0, children: [] })
            })
        ),
        'proof-once': remembering(
            exchange => exchange.url,
            exchange => isCall(exchange, 'POST', PROOF)
        ),
        'proof-connection': (exchange, forward, relay) =>
            forward(
                isCall(exchange, 'POST', PROOF)
                    ? {
                          ...exchange,
                          socket:
                              relay.sessions.get(exchange.url.split('/')[3])?.socket ??
                              exchange.socket
                      }
                    : exchange
            ),
        'proof-catalogue': changing('POST', PROOF, proved => ({ ...proved, children: undefined })),
        'private-kept': withHeader(
            (answer, exchange) => isCall(exchange, 'POST', PROOF),
            'cache-control',
            'public, max-age=600'
        ),
        'order-token': instead('POST', ORDERS, 401, 'unauthorized', (exchange, forward, answer) =>
            exchange.headers.authorization === undefined ? { ...answer, status: 201 } : answer
        ),
        'order-key': async (exchange, forward) =>
            forward(
                isCall(exchange, 'POST', ORDERS) &&
                    exchange.headers.authorization !== undefined &&
                    exchange.headers['idempotency-key'] === undefined
                    ? {
                          ...exchange,
                          headers: { ...exchange.headers, 'idempotency-key': crypto.randomUUID() }
                      }
                    : exchange
            ),
        'order-subject': (exchange, forward) =>
            forward(
                isCall(exchange, 'POST', ORDERS) && exchange.body.includes('child-')
                    ? {
                          ...exchange,
                          body: Buffer.from(
                              exchange.body.toString().replace(/child-[0-9a-f]{16}/, 'self')
                          )
                      }
                    : exchange
            ),
        'order-form': changing('POST', ORDERS, order => ({ ...order, order: crypto.randomUUID() })),
        'order-state': changing('GET', ORDER, order => ({ ...order, state: 'DELIVERED' })),
        'order-again': (() => {
            const seen = new Set()
            return changing('POST', ORDERS, (order, { headers }) => {
                const again = seen.has(headers['idempotency-key'])
                seen.add(headers['idempotency-key'])
                return again ? { ...order, reference: 'BXL-2026-H-9999999-9' } : order
            })
        })(),
        'order-conflict': remembering(
            exchange => exchange.headers['idempotency-key'],
            exchange => isCall(exchange, 'POST', ORDERS)
        ),
        'document-type': withHeader(
            (answer, exchange) => isCall(exchange, 'GET', DOCUMENT) && answer.status === 200,
            'content-type',
            'application/octet-stream'
        ),
        'document-hash': changing('POST', ORDERS, order => ({ ...order, sha256: '0'.repeat(64) })),
        'document-token': (() => {
            const tokens = new Map()
            return (exchange, forward) => {
                const { authorization } = exchange.headers
                if (isCall(exchange, 'POST', ORDERS))
                    tokens.set(exchange.headers['idempotency-key'], authorization)
                if (!isCall(exchange, 'GET', DOCUMENT) || authorization !== undefined)
                    return forward(exchange)
                return forward({
                    ...exchange,
                    headers: { ...exchange.headers, authorization: tokens.get(orderOf(exchange)) }
                })
            }
        })(),
        'other-terminal-order': asFirstTerminal('GET', ORDER),
        'other-terminal-token': asFirstTerminal('POST', ORDERS),
        'outcome-key': (exchange, forward) =>
            isCall(exchange, 'POST', OUTCOME) && exchange.headers['idempotency-key'] === undefined
                ? {
                      status: 200,
                      headers: { 'content-type': 'application/json' },
                      body: '{"state":"DELIVERED"}'
                  }
                : forward(exchange),
        outcome: changing('POST', OUTCOME, order => ({ ...order, state: 'ISSUED' })),
        'outcome-again': (() => {
            const seen = new Set()
            return (exchange, forward) => {
                if (
                    !isCall(exchange, 'POST', OUTCOME) ||
                    exchange.headers['idempotency-key'] === undefined
                )
                    return forward(exchange)
                const name = exchange.url + exchange.body
                if (seen.has(name)) return problem(409, 'conflict')
                seen.add(name)
                return forward(exchange)
            }
        })(),
        'outcome-conflict': remembering(
            exchange => exchange.url,
            exchange => isCall(exchange, 'POST', OUTCOME)
        ),
        'document-late': remembering(
            exchange => exchange.url,
            exchange => isCall(exchange, 'GET', DOCUMENT)
        ),
        'session-ended': async (exchange, forward) =>
            isCall(exchange, 'DELETE', /^\/v1\/sessions\/[^/]+$/)
                ? { status: 204, headers: {}, body: '' }
                : forward(exchange)
    }
}

module.exports = { breakages }
