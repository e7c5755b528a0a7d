// prism.cjs: Prism as a validating proxy in the middle of a relay's way. The relay's two TLS ends
// stay true; between them a call goes through Prism in plain HTTP on loopback, out and back.
'use strict'
const fs = require('fs')
const http = require('http')
const path = require('path')
const readline = require('readline')
const { spawn } = require('child_process')
const { modulesIn } = require('./modules.cjs')

const TICKET = 'x-relay-ticket'
const VIOLATION = 'https://stoplight.io/prism/errors#'

// Prism does not know the security scheme mutualTLS: TLS is what stands around it here.
function forPrism(api) {
    const paths = structuredClone(api.paths)
    for (const item of Object.values(paths)) {
        for (const operation of Object.values(item)) {
            operation.security = operation.security?.map(({ terminal, ...others }) => others)
        }
    }
    const { terminal, ...securitySchemes } = api.components.securitySchemes
    return { ...api, paths, components: { ...api.components, securitySchemes } }
}

class Prism {
    // forward(exchange): asks the municipality. `spoil` may change what Prism gets to see of it.
    constructor(modules, folder, description) {
        this.modules = modules
        this.folder = folder
        this.description = description
        this.waiting = new Map() // ticket -> the exchange that is on its way
        this.tickets = 0
        this.violations = []
        this.seen = new Set() // method, path and status of what went through
        this.spoilAnswer = answer => answer
    }

    async start() {
        const yaml = modulesIn(this.modules)('js-yaml')
        const file = path.join(this.folder, 'openapi.json')
        fs.writeFileSync(
            file,
            JSON.stringify(forPrism(yaml.load(fs.readFileSync(this.description, 'utf8'))))
        )
        this.back = http.createServer((request, response) => this.#answer(request, response))
        await new Promise(resolve => this.back.listen(0, '127.0.0.1', resolve))
        const program = path.join(this.modules, 'node_modules/@stoplight/prism-cli/dist/index.js')
        const upstream = `http://127.0.0.1:${this.back.address().port}`
        this.process = spawn(
            process.execPath,
            [program, 'proxy', '--errors', '-p', '0', file, upstream],
            {
                stdio: ['ignore', 'pipe', 'inherit']
            }
        )
        for await (const line of readline.createInterface({
            input: this.process.stdout.setEncoding('utf8')
        })) {
            const said = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)
            if (said === null) continue
            this.port = Number(said[1])
            return
        }
        throw new Error('Prism did not start')
    }

    // Prism's own output is of no use, but must be read, or it would stop when the pipe is full.
    listenOn() {
        this.process.stdout.resume()
    }

    // One call through Prism. A relay's `ask`.
    async ask(exchange, forward) {
        const ticket = String(++this.tickets)
        const waiting = { exchange, forward, answer: null }
        this.waiting.set(ticket, waiting)
        const answer = await this.#send(exchange, ticket)
        this.waiting.delete(ticket)
        const { type = '', detail, validation } = JSON.parse(isJson(answer) ? answer.body : '{}')
        if (type.startsWith(VIOLATION)) {
            this.violations.push(
                `${exchange.method} ${exchange.url}: ${JSON.stringify(validation ?? detail)}`
            )
            return answer
        }
        this.seen.add(
            `${exchange.method} ${exchange.url.replace(/[0-9a-f-]{36}/g, '{}')} ${answer.status}`
        )
        // Prism takes every body for text: the PDF's own bytes are put back.
        return isJson(answer) || waiting.answer === null
            ? answer
            : { ...answer, body: waiting.answer.body }
    }

    #send({ method, url, headers, body }, ticket) {
        return new Promise((resolve, reject) => {
            const options = {
                host: '127.0.0.1',
                port: this.port,
                method,
                path: url,
                agent: false,
                headers: { ...headers, [TICKET]: ticket, 'content-length': body.length }
            }
            const request = http.request(options, async response => {
                const parts = []
                for await (const part of response) parts.push(part)
                resolve({
                    status: response.statusCode,
                    headers: response.headers,
                    body: Buffer.concat(parts)
                })
            })
            request.on('error', reject)
            request.end(body)
        })
    }

    // What Prism passed on goes to the municipality.
    async #answer(request, response) {
        const parts = []
        for await (const part of request) parts.push(part)
        const waiting = this.waiting.get(request.headers[TICKET])
        const { method, url } = request
        const headers = { ...waiting.exchange.headers }
        for (const name of ['authorization', 'idempotency-key', 'content-type'])
            headers[name] = request.headers[name]
        for (const name of Object.keys(headers))
            if (headers[name] === undefined) delete headers[name]
        const answer = await waiting.forward({
            ...waiting.exchange,
            method,
            url,
            headers,
            body: Buffer.concat(parts)
        })
        waiting.answer = answer
        const shown = this.spoilAnswer(answer, waiting.exchange)
        const back = { ...shown.headers }
        for (const name of ['connection', 'content-length', 'transfer-encoding', 'keep-alive'])
            delete back[name]
        response.writeHead(shown.status, back)
        response.end(shown.body)
    }

    stop() {
        this.process?.kill()
        this.back?.close()
        this.back?.closeAllConnections()
    }
}

function isJson(answer) {
    return /json/.test(answer.headers['content-type'] ?? '')
}

module.exports = { Prism }
