// terminal.cjs: a terminal of the municipal API and a resident's card, written from openapi.yaml
// alone, with nothing but what Node brings along. Used by the conformance kit and by the devices
// of its tests.
'use strict'
const crypto = require('crypto')
const fs = require('fs')
const https = require('https')
const path = require('path')

const MILLISECONDS = 20000

function sha256(bytes) {
    return crypto.createHash('sha256').update(bytes).digest()
}

// A DER certificate without the padding that a card's file has behind it.
function withoutPadding(file) {
    if (file[0] !== 0x30 || file[1] !== 0x82) throw new Error('expected a certificate in DER')
    return file.subarray(0, 4 + file.readUInt16BE(2))
}

// The message of openapi.yaml that a card signs.
function challengeMessage(facts) {
    const field = (tag, value) => {
        const head = Buffer.alloc(4)
        head.writeUInt16BE(tag, 0)
        head.writeUInt16BE(value.length, 2)
        return Buffer.concat([head, value])
    }
    const time = Buffer.alloc(8)
    time.writeBigUInt64BE(BigInt(facts.challenge.time))
    return Buffer.concat([
        Buffer.from('eguichet-auth-v1\0'),
        field(1, Buffer.from(facts.challenge.server)),
        field(2, Buffer.from(facts.terminal)),
        field(3, Buffer.from(facts.challenge.nonce, 'base64')),
        field(4, Buffer.concat([Buffer.from('tls-exporter\0'), facts.exporter])),
        field(5, time),
        field(6, sha256(facts.cardCertificate)),
        field(7, Buffer.from('e-guichet-session')),
        field(8, Buffer.from(facts.session)),
        field(9, sha256(facts.terminalCertificate))
    ])
}

function hashFor(key) {
    const curves = { prime256v1: 'sha256', secp384r1: 'sha384', secp521r1: 'sha512' }
    return key.asymmetricKeyType === 'rsa' ? 'sha256' : curves[key.asymmetricKeyDetails.namedCurve]
}

function sign(message, key) {
    return crypto.sign(hashFor(key), message, { key, dsaEncoding: 'ieee-p1363' })
}

function verify(message, signature, key) {
    return crypto.verify(hashFor(key), message, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

// A folder as make-card writes it: the card's files and the key that a real card would not give
// away.
class Card {
    constructor(folder) {
        const read = name => fs.readFileSync(path.join(folder, name))
        const certificate = name => withoutPadding(read(name))
        this.certificate = certificate('authentication-certificate')
        this.key = crypto.createPrivateKey(read('authentication.key'))
        this.request = {
            channel: 'kiosk',
            authentication_certificate: this.certificate.toString('base64'),
            issuer_certificate: certificate('issuer-certificate').toString('base64'),
            register_certificate: certificate('register-certificate').toString('base64'),
            identity: read('identity').toString('base64'),
            identity_signature: read('identity-signature').toString('base64'),
            address: read('address').toString('base64'),
            address_signature: read('address-signature').toString('base64')
        }
    }
}

// The one common name of a certificate.
function commonName(pem) {
    const name = /^CN=(.*)$/m.exec(new crypto.X509Certificate(pem).subject)
    if (name === null) throw new Error('expected a certificate with a common name')
    return name[1]
}

// One TLS connection. `identity` has certificate and key in PEM, or is null for a stranger.
class Connection {
    constructor(url, authority, identity, more) {
        this.url = new URL(url)
        this.identity = identity
        this.agent = new https.Agent({
            keepAlive: true,
            maxSockets: 1,
            ca: authority,
            cert: identity === null ? undefined : identity.certificate,
            key: identity === null ? undefined : identity.key,
            servername: this.url.hostname,
            minVersion: 'TLSv1.3',
            ...more
        })
        this.sockets = new Set()
    }

    get exporter() {
        const socket = [...this.sockets].pop()
        return socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0))
    }

    // The answer: status, headers, body, and json when it is any.
    ask(method, where, question = {}) {
        const headers = { ...question.headers }
        let body = question.body
        if (question.json !== undefined) body = JSON.stringify(question.json)
        if (body !== undefined) {
            headers['Content-Type'] = headers['Content-Type'] ?? 'application/json'
            headers['Content-Length'] = Buffer.byteLength(body)
        }
        if (question.token !== undefined) headers.Authorization = `Bearer ${question.token}`
        if (question.key !== undefined) headers['Idempotency-Key'] = question.key
        return new Promise((resolve, reject) => {
            const request = https.request(
                new URL(where, this.url),
                { method, headers, agent: this.agent },
                response => this.#collect(response, resolve, reject)
            )
            request.setTimeout(MILLISECONDS, () =>
                request.destroy(new Error(`no answer to ${method} ${where}`))
            )
            request.on('socket', socket => this.sockets.add(socket))
            request.on('error', reject)
            request.end(body)
        })
    }

    #collect(response, resolve, reject) {
        const parts = []
        response.on('data', part => parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
            const body = Buffer.concat(parts)
            const answer = {
                status: response.statusCode,
                headers: response.headers,
                body,
                json: null
            }
            try {
                answer.json = JSON.parse(body.toString())
            } catch {} // it is none, and stays null
            resolve(answer)
        })
    }

    // What this connection's card would have to sign for an opened session.
    message(session, card) {
        return challengeMessage({
            challenge: session.challenge,
            session: session.session,
            terminal: commonName(this.identity.certificate),
            exporter: this.exporter,
            cardCertificate: card.certificate,
            terminalCertificate: new crypto.X509Certificate(this.identity.certificate).raw
        })
    }

    close() {
        this.agent.destroy()
    }
}

module.exports = { Card, Connection, challengeMessage, commonName, sign, verify }
