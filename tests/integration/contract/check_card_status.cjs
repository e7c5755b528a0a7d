// check_card_status.cjs: what a withdrawn card can do. Real OCSP responders of `openssl ocsp`
// answer the municipality, through a door at one address that can also be shut, silent, or replay.
// They listen on all addresses: alone.sh gives this test a network of its own.
'use strict'
const fs = require('fs')
const http = require('http')
const { execFileSync, spawn } = require('child_process')
const crypto = require('crypto')
const { City } = require('./city.cjs')
const { Connection, sign } = require('./terminal.cjs')

const [programs, sources] = process.argv.slice(2)
const DOOR = 8840

function need(condition, what) {
    if (!condition) throw new Error(what)
}

// The way to the responders: `answer(question)` says what comes back, or null for silence.
class Door {
    constructor() {
        this.server = http.createServer(async (request, response) => {
            const parts = []
            for await (const part of request) parts.push(part)
            const body = await this.answer(Buffer.concat(parts))
            if (body !== null)
                response.writeHead(200, { 'content-type': 'application/ocsp-response' }).end(body)
        })
    }

    open() {
        return new Promise(resolve => this.server.listen(DOOR, '127.0.0.1', resolve))
    }

    shut() {
        this.server.close()
        this.server.closeAllConnections()
    }
}

function post(port, question) {
    return new Promise((resolve, reject) => {
        const headers = {
            'content-type': 'application/ocsp-request',
            'content-length': question.length
        }
        const options = {
            host: '127.0.0.1',
            port,
            method: 'POST',
            path: '/',
            headers,
            agent: false
        }
        const request = http.request(options, async response => {
            const parts = []
            for await (const part of response) parts.push(part)
            resolve(Buffer.concat(parts))
        })
        request.on('error', reject)
        request.end(question)
    })
}

class Responders {
    constructor(city) {
        this.city = city
        this.serial = new crypto.X509Certificate(city.card.certificate).serialNumber
        this.processes = []
        this.port = DOOR
        const key = [
            'req',
            '-x509',
            '-newkey',
            'ec',
            '-pkeyopt',
            'ec_paramgen_curve:P-256',
            '-nodes',
            '-days',
            '30'
        ]
        const authority = [
            '-CA',
            'authorities/card-citizen-ca.pem',
            '-CAkey',
            'authorities/card-citizen-ca.key'
        ]
        const make = (name, args) =>
            this.#openssl([
                ...key,
                '-subj',
                `/CN=${name}`,
                ...args,
                '-addext',
                'basicConstraints=critical,CA:FALSE',
                '-keyout',
                `${name}.key`,
                '-out',
                `${name}.pem`
            ])
        make('responder', [...authority, '-addext', 'extendedKeyUsage=OCSPSigning'])
        make('citizen', authority)
        make('outsider', ['-addext', 'extendedKeyUsage=OCSPSigning'])
        fs.writeFileSync(city.file('card.der'), city.card.certificate)
        this.#openssl(['x509', '-inform', 'DER', '-in', 'card.der', '-out', 'card.pem'])
        this.#openssl([
            'ocsp',
            '-issuer',
            'authorities/card-citizen-ca.pem',
            '-cert',
            'card.pem',
            '-no_nonce',
            '-reqout',
            'question.der'
        ])
        this.question = city.read('question.der')
    }

    #openssl(args) {
        return execFileSync('openssl', args, {
            cwd: this.city.folder,
            stdio: ['ignore', 'pipe', 'pipe']
        })
    }

    #index(name, state) {
        const lines = {
            good: `V\t400101000000Z\t\t${this.serial}\tunknown\t/CN=card\n`,
            revoked: `R\t400101000000Z\t250101000000Z,keyCompromise\t${this.serial}\tunknown\t/CN=card\n`,
            unknown: ''
        }
        fs.writeFileSync(this.city.file(name), lines[state])
    }

    #arguments(state, signer) {
        this.#index(`index-${state}`, state)
        return [
            'ocsp',
            '-index',
            `index-${state}`,
            '-rsigner',
            `${signer}.pem`,
            '-rkey',
            `${signer}.key`,
            '-CA',
            'authorities/card-citizen-ca.pem',
            '-nmin',
            '60'
        ]
    }

    // A responder that says `state` of the card, signed by `signer`; its port once it listens.
    async start(state, signer) {
        const port = ++this.port
        const process = spawn(
            'openssl',
            [...this.#arguments(state, signer), '-port', String(port)],
            { cwd: this.city.folder, stdio: ['ignore', 'ignore', 'ignore'] }
        )
        this.processes.push(process)
        for (;;) {
            need(process.exitCode === null, `openssl ocsp -port ${port} has ended`)
            if (
                await post(port, this.question).then(
                    () => true,
                    () => false
                )
            )
                return port
            await new Promise(resolve => setTimeout(resolve, 50))
        }
    }

    // An answer made beforehand, without a nonce.
    sign(state) {
        this.#openssl([
            ...this.#arguments(state, 'responder'),
            '-reqin',
            'question.der',
            '-respout',
            'answer.der'
        ])
        return this.city.read('answer.der')
    }

    stop() {
        for (const process of this.processes) process.kill()
    }
}

// What the proof of the card is answered with.
async function proof(city) {
    const terminal = new Connection(city.url, city.authority, city.identity('kiosk-0001'))
    const opened = await terminal.ask('POST', '/v1/sessions', { json: city.card.request })
    need(opened.status === 201, `a session is opened whatever is known: got ${opened.status}`)
    const signature = sign(terminal.message(opened.json, city.card), city.card.key).toString(
        'base64'
    )
    const { session } = opened.json
    const answer = await terminal.ask('POST', `/v1/sessions/${session}/proof`, {
        json: { signature }
    })
    terminal.close()
    return `${answer.status} ${answer.json.code ?? ''}`.trim()
}

async function expect(city, what, expected) {
    const got = await proof(city)
    need(got === expected, `${what}: expected ${expected}, got ${got}`)
    process.stdout.write(`${what}: ${got}\n`)
}

const responder = `responder = http://127.0.0.1:${DOOR}/ocsp\nresponder_seconds = 2`
const DOWN = '503 register-down'

async function whatTheAuthoritySays(city, door, responders) {
    let lastAnswer
    const cases = [
        ['good', 'responder', '200'],
        ['revoked', 'responder', '403 card-blocked'],
        ['unknown', 'responder', '403 card-not-verifiable'],
        ['good', 'citizen', DOWN], // certified by the authority, but not for this
        ['good', 'outsider', DOWN]
    ]
    for (const [state, signer, expected] of cases) {
        const port = await responders.start(state, signer)
        door.answer = async question => (lastAnswer = await post(port, question))
        await expect(city, `${state}, signed by ${signer}`, expected)
        if (expected === '200') door.kept = lastAnswer
    }
}

async function whatIsNoAnswer(city, door) {
    door.answer = async () => door.kept
    await expect(city, 'good, but the answer to an earlier question', DOWN)
    door.answer = async () => Buffer.from('no answer at all')
    await expect(city, 'no OCSP', DOWN)
    const damaged = Buffer.from(door.kept)
    damaged[damaged.length >> 1] ^= 1
    door.answer = async () => damaged
    await expect(city, 'a damaged answer', DOWN)
    door.answer = async () => null
    await expect(city, 'silence', DOWN)
}

async function answersMadeBeforehand(city, door, responders) {
    const answer = responders.sign('good')
    const until = Date.now() + 2500
    door.answer = async () => answer
    await expect(city, 'good, signed beforehand', '200')
    await city.end()
    await city.start(`${responder}\nresponder_oldest = 1`)
    while (Date.now() < until) await new Promise(resolve => setTimeout(resolve, 100))
    await expect(city, 'good, signed beforehand and too old', DOWN)
}

async function check(city, door, responders) {
    await door.open()
    await city.start(responder)
    await whatTheAuthoritySays(city, door, responders)
    await whatIsNoAnswer(city, door)
    await answersMadeBeforehand(city, door, responders)
    door.shut()
    await expect(city, 'nobody there', DOWN)
    await city.end()
    await city.start(`${responder}\naccepted_when_down = yes`)
    await expect(city, 'nobody there, and that is accepted', '200')
}

async function main() {
    const city = new City(programs, sources)
    const door = new Door()
    const responders = new Responders(city)
    try {
        await check(city, door, responders)
    } finally {
        responders.stop()
        door.shut()
        city.stop()
    }
}

main().catch(error => {
    process.stderr.write(`${error.stack}\n`)
    process.exitCode = 1
})
