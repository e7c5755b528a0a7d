// modules.cjs: what install-npm put below a folder, for a program that lives elsewhere.
'use strict'
const path = require('path')
const { createRequire } = require('module')

function modulesIn(folder) {
    return createRequire(path.join(path.resolve(folder), 'node_modules', 'any.js'))
}

module.exports = { modulesIn }
