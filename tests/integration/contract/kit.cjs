// kit.cjs: runs the rows of the conformance kit over one backend and keeps what they share: one
// proved resident, one order, made when a row first needs it.
'use strict'
const crypto = require('crypto')
const { Connection, sign } = require('./terminal.cjs')
const { rows, Broken, NotAsked, needStatus } = require('./kit_rows.cjs')

// Makes once what is asked for often.
function once(make) {
    let made = null
    return () => {
        made ??= make()
        return made
    }
}

class Visit {
    // options: url, authority, identity, other (an identity or null), card, wish
    constructor(options) {
        Object.assign(this, options)
        this.url = new URL(options.url)
        this.connections = []
        this.terminal = this.connect(this.identity)
        this.proved = once(() => this.proveAnew())
        this.ordered = once(() => this.#order())
        this.settled = once(() => this.settle(true, 1))
        this.fetched = once(() => this.#fetch())
    }

    connect(identity) {
        const connection = new Connection(this.url, this.authority, identity)
        this.connections.push(connection)
        return connection
    }

    otherTerminal() {
        if (this.other === null) throw new NotAsked('give --other-certificate and --other-key')
        return this.connect(this.other)
    }

    async open(terminal) {
        const answer = await terminal.ask('POST', '/v1/sessions', { json: this.card.request })
        return needStatus(answer, 201).json
    }

    prove(terminal, session, signature) {
        return terminal.ask('POST', `/v1/sessions/${session.session}/proof`, {
            json: { signature: signature.toString('base64') }
        })
    }

    async proveAnew() {
        const session = await this.open(this.terminal)
        const signature = sign(this.terminal.message(session, this.card), this.card.key)
        const response = needStatus(await this.prove(this.terminal, session, signature), 200)
        return { session, signature, response, answer: response.json }
    }

    async #order() {
        const { token } = (await this.proved()).answer
        const key = crypto.randomUUID()
        const answer = await this.terminal.ask('POST', '/v1/orders', {
            token,
            key,
            json: this.wish
        })
        return { key, order: needStatus(answer, 201).json }
    }

    async #fetch() {
        const [{ key }, { answer }] = [await this.ordered(), await this.proved()]
        return this.terminal.ask('GET', `/v1/orders/${key}/document`, { token: answer.token })
    }

    async document(anew = false) {
        return anew ? this.#fetch() : needStatus(await this.fetched(), 200)
    }

    async settle(delivered, sheets) {
        const { key } = await this.ordered()
        return this.terminal.ask('POST', `/v1/orders/${key}/outcome`, {
            key: crypto.randomUUID(),
            json: { delivered, sheets }
        })
    }

    close() {
        for (const connection of this.connections) connection.close()
    }
}

// The rows' results: name, promise, holds (true, false, or null when it was not asked), why.
async function judge(options) {
    const visit = new Visit(options)
    const results = []
    for (const { name, promise, ask } of rows) {
        const result = { name, promise, holds: true, why: '' }
        try {
            await ask(visit)
        } catch (error) {
            result.holds = error instanceof NotAsked ? null : false
            result.why =
                error instanceof Broken || error instanceof NotAsked
                    ? error.message
                    : `no answer: ${error.message}`
        }
        results.push(result)
    }
    visit.close()
    return results
}

module.exports = { judge }
