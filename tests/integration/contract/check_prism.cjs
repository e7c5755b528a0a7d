// check_prism.cjs: the terminal's own driver visits the municipality through Prism, which holds
// every request and every answer against openapi.yaml; so do refusals. Then planted violations of
// either side must be caught.
'use strict'
const crypto = require('crypto')
const fs = require('fs')
const { promisify } = require('util')
const run = promisify(require('child_process').execFile)
const { City } = require('./city.cjs')
const { Prism } = require('./prism.cjs')
const parts = require('./terminal.cjs')
const { Relay } = require('../../devices/backend_breaker/relay.cjs')

const [programs, sources, visit, modules] = process.argv.slice(2)

function need(condition, what) {
    if (!condition) throw new Error(what)
}

async function visitAsTerminal(city, url) {
    for (const kind of ['pem', 'key']) {
        fs.copyFileSync(city.file(`kiosk-0001.${kind}`), city.file(`authorities/kiosk.${kind}`))
    }
    await run(visit, [city.folder, new URL(url).port])
}

// What the municipality refuses, by requests that are well formed.
async function askInVain(city, url) {
    const terminal = new parts.Connection(url, city.authority, city.identity('kiosk-0001'))
    const wish = { kind: 'household', subject: 'self', language: 'fr' }
    const open = async () =>
        (await terminal.ask('POST', '/v1/sessions', { json: city.card.request })).json
    const { session } = await open()
    const signature = parts.sign(Buffer.from('something else'), city.card.key).toString('base64')
    const asked = [
        [403, 'POST', `/v1/sessions/${session}/proof`, { json: { signature } }],
        [409, 'POST', `/v1/sessions/${session}/proof`, { json: { signature } }],
        [
            403,
            'POST',
            '/v1/sessions',
            { json: { ...city.card.request, address: 'AAECAwQFBgcICQ==' } }
        ],
        [401, 'POST', '/v1/orders', { token: 'nobody', key: crypto.randomUUID(), json: wish }],
        [404, 'GET', `/v1/orders/${crypto.randomUUID()}`, {}],
        [
            404,
            'POST',
            `/v1/orders/${crypto.randomUUID()}/outcome`,
            { key: crypto.randomUUID(), json: { delivered: true, sheets: 1 } }
        ]
    ]
    for (const [status, method, where, question] of asked) {
        const answer = await terminal.ask(method, where, question)
        need(
            answer.status === status,
            `${method} ${where}: expected ${status}, got ${answer.status}: ${answer.body}`
        )
    }
    terminal.close()
}

const calls = [
    'GET /v1/catalogue 200',
    'POST /v1/sessions 201',
    'POST /v1/sessions/{}/proof 200',
    'POST /v1/orders 201',
    'GET /v1/orders/{}/document 200',
    'POST /v1/orders/{}/outcome 200',
    'DELETE /v1/sessions/{} 204'
]

// A visit that Prism must object to at that call.
async function expectViolation(city, url, prism, call) {
    prism.violations.length = 0
    await visitAsTerminal(city, url).catch(() => {}) // the terminal gets no answer that it understands
    need(
        prism.violations.some(text => text.startsWith(call)),
        `a planted violation of ${call} was not caught`
    )
    process.stdout.write(`caught: ${prism.violations[0].slice(0, 160)}\n`)
}

async function check(city, prism) {
    let spoilQuestion = exchange => exchange
    const relay = new Relay(
        {
            upstream: city.url,
            authority: city.authority,
            server: city.server,
            fleet: city.read('fleet.pem'),
            identities: { 'kiosk-0001': city.identity('kiosk-0001') },
            card: city.card,
            parts
        },
        (exchange, forward) => prism.ask(spoilQuestion(exchange), forward)
    )
    const url = await relay.listen()
    try {
        await visitAsTerminal(city, url)
        await askInVain(city, url)
        need(prism.violations.length === 0, `violations:\n${prism.violations.join('\n')}`)
        const missing = calls.filter(call => !prism.seen.has(call))
        need(missing.length === 0, `the visit did not come by: ${missing}`)
        process.stdout.write(`${prism.tickets} calls through Prism without a violation\n`)

        spoilQuestion = exchange =>
            exchange.method === 'POST' && exchange.url === '/v1/orders'
                ? {
                      ...exchange,
                      body: Buffer.from(exchange.body.toString().replace('"language"', '"tongue"'))
                  }
                : exchange
        await expectViolation(city, url, prism, 'POST /v1/orders:')
        spoilQuestion = exchange => exchange
        prism.spoilAnswer = answer =>
            answer.json?.reference === undefined
                ? answer
                : { ...answer, body: JSON.stringify({ ...answer.json, reference: undefined }) }
        await expectViolation(city, url, prism, 'POST /v1/orders:')
    } finally {
        relay.close()
    }
}

async function main() {
    const city = new City(programs, sources)
    const prism = new Prism(modules, city.folder, `${sources}/openapi.yaml`)
    try {
        await Promise.all([city.start(), prism.start()])
        prism.listenOn()
        await check(city, prism)
    } finally {
        prism.stop()
        city.stop()
    }
}

main().catch(error => {
    process.stderr.write(`${error.stack}\n${error.stderr ?? ''}`)
    process.exitCode = 1
})
