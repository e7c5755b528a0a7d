// relay.cjs: a backend that is the real municipality behind two true TLS ends: terminals'
// connections end here with their client certificates, and each goes on over one of its own.
// Because a proof is bound to its connection, the relay checks the card's signature as a backend
// does and, holding the test card's key, signs the other connection's challenge anew: a wrong
// signature stays wrong.
'use strict'
const crypto = require('crypto')
const https = require('https')

class Relay {
    // options: upstream URL; authority (PEM) of the upstream; server {cert, key}; fleet (PEM);
    // identities: terminal name -> {certificate, key}; card; parts {Connection, challengeMessage,
    // sign, verify}. `ask(exchange, forward, relay)` may change what is asked and answered;
    // forward(exchange) asks the municipality.
    constructor(options, ask) {
        Object.assign(this, options)
        this.ask = ask
        this.sessions = new Map() // of sessions opened here: their challenge, by identifier
        this.upstreams = new Map() // by socket
    }

    async listen(more = {}) {
        const settings = {
            ...this.server,
            ca: this.fleet,
            requestCert: true,
            rejectUnauthorized: false,
            minVersion: 'TLSv1.3',
            ...more
        }
        const server = https.createServer(settings, (request, response) =>
            this.#take(request, response)
        )
        server.on('tlsClientError', () => {}) // a client that was refused in its handshake
        await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
        this.servers = [...(this.servers ?? []), server]
        return `https://localhost:${server.address().port}`
    }

    close() {
        for (const connection of this.upstreams.values()) connection.close()
        for (const server of this.servers) {
            server.close()
            server.closeAllConnections()
        }
    }

    // The connection that goes on for this one, as the same terminal.
    upstreamOf(socket, terminal) {
        const name = terminal ?? this.#peerOf(socket).subject?.CN
        const key = `${name}`
        let mine = this.upstreams.get(socket)
        if (mine === undefined) {
            mine = new Map()
            mine.close = () => mine.forEach(connection => connection.close())
            this.upstreams.set(socket, mine)
            socket.on('close', () => {
                mine.close()
                this.upstreams.delete(socket)
            })
        }
        if (!mine.has(key)) {
            mine.set(
                key,
                new this.parts.Connection(
                    this.upstream,
                    this.authority,
                    this.identities[name] ?? null
                )
            )
        }
        return mine.get(key)
    }

    // Looked at once a connection: it is slow.
    #peerOf(socket) {
        socket.peerOfRelay ??= socket.getPeerCertificate()
        return socket.peerOfRelay
    }

    async #take(request, response) {
        const parts = []
        for await (const part of request) parts.push(part)
        const { method, url, socket } = request
        const headers = { ...request.headers }
        for (const name of ['host', 'connection', 'content-length', 'transfer-encoding'])
            delete headers[name]
        const exchange = {
            method,
            url,
            headers,
            body: Buffer.concat(parts),
            socket,
            terminal: null
        }
        try {
            const answer = await this.ask(exchange, asked => this.forward(asked), this)
            const back = { ...answer.headers }
            for (const name of ['connection', 'content-length', 'transfer-encoding', 'keep-alive'])
                delete back[name]
            response.writeHead(answer.status, back)
            response.end(answer.body)
        } catch (error) {
            response.destroy(error)
        }
    }

    async forward(exchange) {
        const { method, url, headers, socket } = exchange
        const upstream = this.upstreamOf(socket, exchange.terminal)
        const proof = /^\/v1\/sessions\/([0-9a-f-]{36})\/proof$/.exec(url)
        let { body } = exchange
        if (method === 'POST' && proof !== null)
            body = this.#signAnew(proof[1], socket, upstream, body)
        const answer = await upstream.ask(method, url, {
            headers,
            body: body.length > 0 ? body : undefined
        })
        if (method === 'POST' && url === '/v1/sessions' && answer.status === 201) {
            const { authentication_certificate: der } = JSON.parse(body)
            this.sessions.set(answer.json.session, {
                ...answer.json,
                der: Buffer.from(der, 'base64'),
                socket
            })
        }
        return answer
    }

    #message(session, socket, certificate, terminal) {
        return this.parts.challengeMessage({
            challenge: session.challenge,
            session: session.session,
            terminal,
            exporter: socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0)),
            cardCertificate: session.der,
            terminalCertificate: certificate
        })
    }

    // A proof that holds on this side's connection becomes one of the other's; any other goes on
    // as it is.
    #signAnew(id, socket, upstream, body) {
        const session = this.sessions.get(id)
        const peer = this.#peerOf(socket)
        let signature
        try {
            signature = Buffer.from(JSON.parse(body).signature, 'base64')
        } catch {
            return body
        }
        if (session === undefined || peer.raw === undefined) return body
        const key = new crypto.X509Certificate(session.der).publicKey
        const message = this.#message(session, socket, peer.raw, peer.subject.CN)
        if (!this.parts.verify(message, signature, key)) return body
        const anew = upstream.message(session, this.card)
        return Buffer.from(
            JSON.stringify({ signature: this.parts.sign(anew, this.card.key).toString('base64') })
        )
    }
}

module.exports = { Relay }
