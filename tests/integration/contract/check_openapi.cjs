// check_openapi.cjs: openapi.yaml is what Redocly takes for an OpenAPI 3.1 file, with examples that
// follow their schemas; and the calls and problems in it are those of the municipality's program.
'use strict'
const fs = require('fs')
const { execFileSync } = require('child_process')
const { modulesIn } = require('./modules.cjs')

const [municipality, description, modules] = process.argv.slice(2)
const fetch = modulesIn(modules)
const yaml = fetch('js-yaml')
const { lint, createConfig } = fetch('@redocly/openapi-core')

function need(condition, what) {
    if (!condition) throw new Error(what)
}

async function checkForm() {
    const rules = {
        'info-license-url': 'off', // an identifier of SPDX is given
        'no-unused-components': 'off', // 405 is answered to calls that are not described
        'operation-4xx-response': 'error',
        'no-invalid-media-type-examples': 'error',
        'no-invalid-schema-examples': 'error'
    }
    const config = await createConfig({ extends: ['recommended'], rules })
    const found = await lint({ ref: description, config })
    const told = found.map(
        ({ ruleId, message, location }) => `${location[0].pointer}: ${message} (${ruleId})`
    )
    need(told.length === 0, `Redocly finds ${told.length}:\n${told.join('\n')}`)
}

function difference(one, other) {
    return [...one].filter(value => !other.has(value))
}

function compare(what, program, described) {
    const [missing, extra] = [difference(program, described), difference(described, program)]
    need(missing.length === 0, `${what} of the program without a description: ${missing}`)
    need(extra.length === 0, `${what} described, but not in the program: ${extra}`)
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options']

function* operationsOf(api) {
    for (const [path, item] of Object.entries(api.paths)) {
        for (const method of METHODS.filter(name => name in item)) {
            yield { path, method, operation: item[method] }
        }
    }
}

// Every body that is asked for or answered has an example.
function checkExamples(api) {
    const resolve = value =>
        value.$ref === undefined
            ? value
            : value.$ref
                  .slice(2)
                  .split('/')
                  .reduce((at, name) => at[name], api)
    for (const { path, method, operation } of operationsOf(api)) {
        const bodies = [
            operation.requestBody ?? {},
            ...Object.values(operation.responses).map(resolve)
        ]
        for (const { content = {} } of bodies) {
            for (const [type, { example, examples }] of Object.entries(content)) {
                need(example ?? examples, `${method} ${path}: ${type} has no example`)
            }
        }
    }
}

// Each problem with the status under which it is described.
function describedProblems(api) {
    const described = new Set()
    for (const response of Object.values(api.components.responses)) {
        const { examples } = response.content['application/problem+json']
        for (const { value } of Object.values(examples))
            described.add(`${value.code} ${value.status}`)
    }
    return described
}

async function main() {
    const api = yaml.load(fs.readFileSync(description, 'utf8'))
    const said = execFileSync(municipality, ['--api'], { encoding: 'utf8' }).trim().split('\n')
    const linesOf = word =>
        new Set(
            said
                .filter(line => line.startsWith(`${word} `))
                .map(line => line.slice(word.length + 1))
        )
    const [calls, problems] = [linesOf('call'), linesOf('problem')]
    await checkForm()
    const operations = [...operationsOf(api)]
    compare(
        'calls',
        calls,
        new Set(
            operations.map(
                ({ path, method }) => `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{}')}`
            )
        )
    )
    compare('problems', problems, describedProblems(api))
    const codes = [...problems].map(line => line.split(' ')[0])
    compare('codes', new Set(codes), new Set(api.components.schemas.Problem.properties.code.enum))
    checkExamples(api)
    process.stdout.write(`${calls.size} calls and ${problems.size} problems are as described\n`)
}

main().catch(error => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
})
