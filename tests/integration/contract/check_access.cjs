// check_access.cjs: axe-core finds nothing against WCAG 2.1 A and AA on the public page, in
// Chromium, in four languages and for each verdict. The page itself runs no script and forbids
// any: a door in front of it takes that rule off and puts axe-core at the end of what Chromium
// gets.
'use strict'
const fs = require('fs')
const http = require('http')
const https = require('https')
const path = require('path')
const crypto = require('crypto')
const { promisify } = require('util')
const run = promisify(require('child_process').execFile)
const { City } = require('./city.cjs')
const { Connection, sign } = require('./terminal.cjs')

const [programs, sources, modules] = process.argv.slice(2)
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

function need(condition, what) {
    if (!condition) throw new Error(what)
}

function get(url, authority) {
    return new Promise((resolve, reject) => {
        const request = https.get(url, { ca: authority, agent: false }, async response => {
            const parts = []
            for await (const part of response) parts.push(part)
            resolve({ headers: response.headers, body: Buffer.concat(parts) })
        })
        request.on('error', reject)
    })
}

// Runs axe-core and leaves what it found as the text of the last element.
const judgement = `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(found => {
  const told = found.violations.map(({ id, nodes }) => id + ': ' + nodes.map(node => node.html).join(' '))
  const result = document.createElement('pre')
  result.id = 'judgement'
  result.textContent = btoa(unescape(encodeURIComponent(
    JSON.stringify({ told, passes: found.passes.length, undecided: found.incomplete.map(rule => rule.id) }))))
  document.body.append(result)
})`

class Door {
    constructor(city, axe) {
        this.city = city
        this.axe = axe
        this.spoil = html => html
        this.server = http.createServer((request, response) => this.#answer(request, response))
    }

    async open() {
        await new Promise(resolve => this.server.listen(0, '127.0.0.1', resolve))
        this.url = `http://127.0.0.1:${this.server.address().port}`
    }

    async #answer(request, response) {
        const { headers, body } = await get(
            new URL(request.url, this.city.publicUrl),
            this.city.authority
        )
        const type = headers['content-type']
        response.writeHead(200, { 'content-type': type })
        if (!type.startsWith('text/html')) return response.end(body)
        const page = this.spoil(body.toString())
        need(!/<script/i.test(page), 'the public page has a script')
        response.end(page.replace('</body>', `<script>${this.axe};${judgement}</script></body>`))
    }

    close() {
        this.server.close()
        this.server.closeAllConnections()
    }
}

// What axe-core says of a page.
async function judge(city, door, where) {
    const { stdout } = await run(
        'chromium',
        [
            '--headless=new',
            '--no-sandbox',
            '--disable-gpu',
            `--user-data-dir=${city.file('chromium')}`,
            '--window-size=1100,1000',
            '--virtual-time-budget=20000',
            '--dump-dom',
            `${door.url}${where}`
        ],
        { timeout: 120000, maxBuffer: 64 << 20 }
    )
    const found = /<pre id="judgement">([^<]*)<\/pre>/.exec(stdout)
    need(found !== null, `axe-core did not end on ${where}`)
    return JSON.parse(Buffer.from(found[1], 'base64').toString())
}

// Two codes: of a certificate that was handed over, and of one that never was.
async function makeCodes(city) {
    const terminal = new Connection(city.url, city.authority, city.identity('kiosk-0001'))
    const session = (await terminal.ask('POST', '/v1/sessions', { json: city.card.request })).json
    const signature = sign(terminal.message(session, city.card), city.card.key).toString('base64')
    const where = `/v1/sessions/${session.session}/proof`
    const { token } = (await terminal.ask('POST', where, { json: { signature } })).json
    const codes = []
    for (const delivered of [true, false]) {
        const key = crypto.randomUUID()
        const json = { kind: 'household', subject: 'self', language: 'fr' }
        const order = await terminal.ask('POST', '/v1/orders', { token, key, json })
        const outcome = { key: crypto.randomUUID(), json: { delivered, sheets: delivered ? 1 : 0 } }
        need(
            (await terminal.ask('POST', `/v1/orders/${key}/outcome`, outcome)).status === 200,
            'no outcome'
        )
        codes.push(order.json.verification_code)
    }
    terminal.close()
    return codes
}

// A mistake that axe-core must find, or it did not look.
async function checkPlanted(city, door) {
    door.spoil = html => html.replace(/ lang="fr-BE"/, '').replace('</main>', '<input></main>')
    const { told } = await judge(city, door, '/v?lang=fr')
    const ids = told.map(text => text.split(':')[0])
    need(
        ids.includes('html-has-lang') && ids.includes('label'),
        `planted mistakes were not found: ${ids}`
    )
    process.stdout.write(`planted mistakes found: ${ids}\n`)
}

async function check(city, door) {
    const [genuine, never] = await makeCodes(city)
    const pages = ['fr', 'nl', 'de', 'en'].flatMap(lang => [
        `/v?lang=${lang}`,
        `/v/${genuine}?lang=${lang}`
    ])
    pages.push(
        `/v/${never}?lang=nl`,
        '/v/0000-0000-0000-0000?lang=de',
        '/v/no-code?lang=en',
        '/elsewhere?lang=fr'
    )
    for (const page of pages) {
        const { told, passes, undecided } = await judge(city, door, page)
        need(told.length === 0, `${page}:\n${told.join('\n')}`)
        need(passes > 5, `${page}: only ${passes} rules had something to look at`)
        process.stdout.write(
            `${passes} rules hold, undecided ${undecided.join(' ') || 'none'}: ${page.slice(0, 12)}\n`
        )
    }
    await checkPlanted(city, door)
}

async function main() {
    const city = new City(programs, sources)
    const door = new Door(
        city,
        fs.readFileSync(path.join(modules, 'node_modules/axe-core/axe.min.js'), 'utf8')
    )
    try {
        await Promise.all([city.start(), door.open()])
        await check(city, door)
    } finally {
        door.close()
        city.stop()
    }
}

main().catch(error => {
    process.stderr.write(`${error.stack}\n`)
    process.exitCode = 1
})
