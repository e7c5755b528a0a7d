// check_kit.cjs: the conformance kit is green on the municipality, also through a relay that
// damages nothing; and each mistake of tests/devices/backend_breaker turns the row of its name red
// and no other.
'use strict'
const { City } = require('./city.cjs')
const { judge } = require('./kit.cjs')
const parts = require('./terminal.cjs')
const { Relay } = require('../../devices/backend_breaker/relay.cjs')
const { breakages } = require('../../devices/backend_breaker/breakages.cjs')

const [programs, sources] = process.argv.slice(2)
const FEWEST = 15

async function redRows(city, url) {
    const identities = { identity: city.identity('kiosk-0001'), other: city.identity('kiosk-0002') }
    const results = await judge({
        url,
        authority: city.authority,
        card: city.card,
        ...identities,
        wish: { kind: 'household', subject: 'self', language: 'fr' }
    })
    const unasked = results.filter(result => result.holds === null)
    if (unasked.length > 0) throw new Error(`rows not asked: ${unasked.map(result => result.name)}`)
    return { count: results.length, red: results.filter(result => !result.holds) }
}

function relayOf(city, ask) {
    return new Relay(
        {
            upstream: city.url,
            authority: city.authority,
            server: city.server,
            fleet: city.read('fleet.pem'),
            identities: {
                'kiosk-0001': city.identity('kiosk-0001'),
                'kiosk-0002': city.identity('kiosk-0002')
            },
            card: city.card,
            parts
        },
        ask
    )
}

const told = red => red.map(({ name, why }) => `${name} (${why})`).join(', ') || 'none'

async function throughRelay(city, ask, listening) {
    const relay = relayOf(city, ask)
    try {
        return await redRows(city, await relay.listen(listening))
    } finally {
        relay.close()
    }
}

async function checkBreakage(city, name, ask, listening) {
    const { red } = await throughRelay(city, ask, listening)
    if (red.length !== 1 || red[0].name !== name) {
        process.stderr.write(
            `mistake ${name}: expected this row red and no other, red are: ${told(red)}\n`
        )
        return false
    }
    process.stdout.write(`mistake ${name}: ${red[0].why}\n`)
    return true
}

async function main() {
    const city = new City(programs, sources)
    try {
        await city.start()
        const unharmed = (exchange, forward) => forward(exchange)
        for (const { red, count } of [
            await redRows(city, city.url),
            await throughRelay(city, unharmed)
        ]) {
            if (red.length > 0) throw new Error(`the kit is not green: ${told(red)}`)
            process.stdout.write(`all ${count} rows hold\n`)
        }
        const mistakes = Object.entries(breakages())
        let found = 0
        for (const [name, ask] of mistakes) found += await checkBreakage(city, name, ask)
        found += await checkBreakage(city, 'tls', unharmed, { minVersion: 'TLSv1.2' })
        if (mistakes.length < FEWEST || found !== mistakes.length + 1)
            throw new Error(`found ${found} of ${mistakes.length + 1} mistakes`)
        process.stdout.write(`${found} mistakes, each found by its own row and by no other\n`)
    } finally {
        city.stop()
    }
}

main().catch(error => {
    process.stderr.write(`${error.stack}\n`)
    process.exitCode = 1
})
