// city.cjs: a municipality of one test's own: authorities, register, a card, two terminals and the
// server, in one folder that goes away with it.
'use strict'
const fs = require('fs')
const os = require('os')
const path = require('path')
const readline = require('readline')
const { execFileSync, spawn } = require('child_process')
const { Card } = require('./terminal.cjs')

class City {
    // programs: the folder of the built programs; sources: provisioning/municipality
    constructor(programs, sources) {
        this.programs = path.resolve(programs)
        this.sources = path.resolve(sources)
        this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'contract-'))
        this.program('make-authorities', [this.file('authorities')])
        this.program('municipality-register', [
            '--database',
            this.file('register.db'),
            '--cards',
            this.file('residents')
        ])
        this.program('make-card', [
            '--resident',
            this.file('residents/amina-benali.json'),
            '--authorities',
            this.file('authorities'),
            '--out',
            this.file('card')
        ])
        this.#makeFleet()
        this.card = new Card(this.file('card'))
        this.authority = this.read('authorities/tls-ca.pem')
        this.server = {
            cert: this.read('authorities/server.pem'),
            key: this.read('authorities/server.key')
        }
    }

    file(name) {
        return path.join(this.folder, name)
    }

    read(name) {
        return fs.readFileSync(this.file(name))
    }

    program(name, args) {
        execFileSync(path.join(this.programs, name), args, {
            stdio: ['ignore', 'ignore', 'inherit']
        })
    }

    identity(terminal) {
        return { certificate: this.read(`${terminal}.pem`), key: this.read(`${terminal}.key`) }
    }

    // make-authorities throws the key of its fleet away: this one has two terminals.
    #makeFleet() {
        const openssl = args =>
            execFileSync('openssl', args, { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] })
        const key = [
            '-newkey',
            'ec',
            '-pkeyopt',
            'ec_paramgen_curve:P-256',
            '-nodes',
            '-days',
            '30'
        ]
        openssl([
            'req',
            '-x509',
            ...key,
            '-subj',
            '/CN=Fleet',
            '-keyout',
            'fleet.key',
            '-out',
            'fleet.pem'
        ])
        for (const terminal of ['kiosk-0001', 'kiosk-0002']) {
            openssl([
                'req',
                '-x509',
                ...key,
                '-subj',
                `/CN=${terminal}`,
                '-CA',
                'fleet.pem',
                '-CAkey',
                'fleet.key',
                '-addext',
                'basicConstraints=critical,CA:FALSE',
                '-addext',
                'extendedKeyUsage=clientAuth',
                '-addext',
                'keyUsage=critical,digitalSignature',
                '-keyout',
                `${terminal}.key`,
                '-out',
                `${terminal}.pem`
            ])
        }
        fs.writeFileSync(this.file('fleet.txt'), 'kiosk-0001\nkiosk-0002\n')
    }

    #configuration(more) {
        return `[listen]\naddress = 127.0.0.1\nport = 0\nthreads = 2
[public]
address = 127.0.0.1
port = 0
checks_per_minute = 6000
[tls]\ncertificate = authorities/server.pem\nkey = authorities/server.key
[fleet]\nauthority = fleet.pem\nterminals = fleet.txt\nrequests_per_minute = 1000000
[card]\nroots = authorities/card-root.pem\nintermediates = authorities/card-citizen-ca.pem
${more}
[register]\ndatabase = register.db\n[store]\ndatabase = store.db
[catalogue]\nfile = ${this.sources}/catalogue/catalogue.json
[documents]\nfonts = ${this.sources}/documents/fonts.conf
[seal]\ncertificate = authorities/seal.pem\nkey = authorities/seal.key
authority = authorities/seal-ca.pem\norganization = VATBE-0000000196
[city]\nserver_name = localhost\n`
    }

    // Starts the municipality; `url` is where its terminals' API is, `publicUrl` the page.
    // `more`: lines behind those of the section [card].
    async start(more = '') {
        const log = fs.openSync(this.file('municipality.log'), 'w')
        fs.writeFileSync(this.file('municipality.ini'), this.#configuration(more))
        this.process = spawn(
            path.join(this.programs, 'municipality'),
            ['--config', this.file('municipality.ini')],
            { stdio: ['ignore', 'pipe', log] }
        )
        fs.closeSync(log)
        for await (const line of readline.createInterface({ input: this.process.stdout })) {
            const said = /^(listening|public) (\d+)$/.exec(line)
            if (said === null) continue
            const url = `https://localhost:${said[2]}`
            if (said[1] === 'listening') {
                this.url = url
            } else {
                this.publicUrl = url
                return
            }
        }
        throw new Error(`the municipality did not start: ${this.read('municipality.log')}`)
    }

    // Ends the municipality; another one may be started.
    async end() {
        const ended = new Promise(resolve => this.process.once('exit', resolve))
        this.process.kill()
        await ended
    }

    stop() {
        if (this.process !== undefined) this.process.kill()
        fs.rmSync(this.folder, { recursive: true })
    }
}

module.exports = { City }
