// check.cjs MODULES STREAMS: splits every receipt in the folder STREAMS with npos (its modules are below
// the folder MODULES) and checks what comes out. Then breaks receipts on purpose and expects each break to
// be found, so that a check that sees nothing does not pass.
'use strict'
const fs = require('fs')
const path = require('path')
const { createRequire } = require('module')

const [modules, streams] = process.argv.slice(2)
const fetch = createRequire(path.join(path.resolve(modules), 'node_modules', 'any.js'))
const Parser = fetch('npos/lib/parser')
const rules = fetch('npos/lib/parser/rules')
const iconv = fetch('iconv-lite')

const GS = 0x1d
const COLUMNS = 48
rules[GS]['(k'] = [0, 'd16'] // the one command that npos does not know: two bytes of length, then data

const words = {
  fr: { city: 'VILLE DE BRUXELLES', date: '24/11/2026, 14 h 05', price: '5,00 €',
    privacy: /ni votre nom, ni\nvotre adresse, ni votre numéro national\./, paid: 'PAYÉ',
    free: 'Document gratuit. Rien n’est payé.' },
  nl: { city: 'STAD BRUSSEL', date: '24/11/2026, 14.05 uur', price: '€ 5,00',
    privacy: /geen naam, geen adres\nen geen rijksregisternummer\./, paid: 'BETAALD',
    free: 'Gratis document. Er is niets betaald.' },
  de: { city: 'STADT BRÜSSEL', date: '24.11.2026, 14:05 Uhr', price: '5,00 €',
    privacy: /weder Ihren Namen\nnoch Ihre Adresse noch Ihre\nNationalregisternummer\./,
    paid: 'BEZAHLT', free: 'Kostenloses Dokument. Es wurde nichts' },
  en: { city: 'CITY OF BRUSSELS', date: '24/11/2026, 14:05', price: '€5.00',
    privacy: /does not show your name, your\naddress or your national number\./, paid: 'PAID',
    free: 'Free document. Nothing was paid.' }
}
const address = 'https://guichet.example/v/7K3M-9QXT-2WVD-H4NR?r=BXL-2026-H-0041873-8'
const order = 'K07-2026-001533'

// nodes: how many commands and runs of text the streams of the design have.
const kinds = {
  'free': { nodes: 50, symbol: address, dots: 6, texts: w => [w.free, 'BXL-2026-H-0041873-8'] },
  'paid': { nodes: 35, symbol: null, texts: w => [w.paid, w.price, order] },
  'paid-not-printed': { nodes: 59, symbol: order, dots: 8, texts: w => [w.price, order] },
  'printed-in-part': { nodes: 59, symbol: order, dots: 8, texts: w => [w.price, order] }
}

function need (condition, what) {
  if (!condition) throw new Error(what)
}

function bytesOf (raw, node) {
  return raw.subarray(node.offset, node.offset + node.length)
}

function isText (node) {
  return node.code === 2 // npos's own number for a run of text, not a byte of the stream
}

// The lines as they stand on paper, with how many columns each fills.
function lines (raw, tree) {
  const all = []
  let width = 1
  for (const node of tree) {
    if (node.ascii === 'GS' && node.fn === '!') width = 1 + (raw[node.offset + 2] >> 4)
    if (!isText(node)) continue
    const text = iconv.decode(bytesOf(raw, node), 'win1252')
    for (const line of text.split('\n')) all.push({ text: line, columns: line.length * width })
  }
  return all
}

function checkSymbol (raw, tree, kind) {
  const blocks = tree.filter(n => n.ascii === 'GS' && n.fn === '(k').map(n => bytesOf(raw, n))
  if (kind.symbol === null) return need(blocks.length === 0, 'a symbol that nobody wanted')
  need(blocks.length === 5, `${blocks.length} symbol commands instead of 5`)
  for (const block of blocks) {
    need(block.readUInt16LE(3) === block.length - 5, 'a symbol command with a wrong length')
    need(block[5] === 0x31, 'another symbol than a QR code')
  }
  need(blocks.map(b => b[6]).join() === '65,67,69,80,81', 'symbol commands in a wrong order')
  need(blocks[1][7] === kind.dots, 'modules of a wrong size')
  need(blocks[3].subarray(8).toString('latin1') === kind.symbol, 'another text in the QR code')
}

function checkCommands (tree) {
  const cuts = tree.filter(n => n.ascii === 'GS' && n.fn === 'V')
  need(cuts.length === 1, `${cuts.length} cuts`)
  const names = tree.map(n => isText(n) ? 'text' : n.ascii + ' ' + n.fn)
  need(names[0] === 'ESC @', 'does not begin with ESC @')
  need(names.slice(-2).join() === 'GS V,GS r', 'does not end with the cut and its question')
  const known = ['ESC @', 'GS a', 'ESC t', 'ESC R', 'ESC a', 'ESC E', 'ESC d', 'GS !', 'GS (k', 'GS V',
    'GS r', 'text']
  for (const name of names) need(known.includes(name), `a command nobody asked for: ${name}`)
}

function checkText (raw, tree, kind, w) {
  const all = lines(raw, tree)
  const text = all.map(l => l.text).join('\n')
  for (const line of all) {
    need(line.columns <= COLUMNS, `a line of ${line.columns} columns: ${line.text}`)
    need(!/Ã|â€/.test(line.text), `UTF-8 that was not encoded: ${line.text}`)
    need(!/[\x00-\x1f\x7f\ufffd]/.test(line.text), `a byte that is no text in: ${line.text}`)
  }
  for (const wanted of [w.city, w.date, 'BXL-07', '02 000 00 00', ...kind.texts(w)]) {
    need(text.includes(wanted), `"${wanted}" is missing`)
  }
  need(w.privacy.test(text), 'the sentence on privacy is missing or wrapped otherwise')
}

function check (raw, kind, w) {
  const { tree, error } = new Parser(rules).analyze(raw)
  need(!error, String(error))
  const end = tree.reduce((at, node) => (need(node.offset === at, `a gap at ${at}`), at + node.length), 0)
  need(end === raw.length, 'not all of it was understood')
  checkCommands(tree)
  checkSymbol(raw, tree, kind)
  checkText(raw, tree, kind, w)
  need(tree.length === kind.nodes, `${tree.length} nodes instead of ${kind.nodes}`)
}

function insert (raw, at, bytes) {
  return Buffer.concat([raw.subarray(0, at), Buffer.from(bytes), raw.subarray(at)])
}

const breaks = {
  'a second cut': raw => insert(raw, raw.length - 3, [GS, 0x56, 0x42, 0x18]),
  'a QR code that claims to be shorter': raw => {
    const broken = Buffer.from(raw)
    broken[raw.indexOf('1P0') - 2] -= 1
    return broken
  },
  'another text in the QR code': raw => {
    const broken = Buffer.from(raw)
    broken[raw.indexOf('1P0https') + 20] ^= 1
    return broken
  },
  'raw UTF-8': raw => insert(raw, raw.indexOf('BXL-07'), 'é'),
  'an unknown command': raw => insert(raw, raw.indexOf('BXL-07'), [0x1b, 0xff]),
  'a control character in a text': raw => insert(raw, raw.indexOf('BXL-07') + 2, [0x07]),
  'a line too long': raw => insert(raw, raw.indexOf('BXL-07'), 'x'.repeat(40)),
  'a mode that is never left': raw => insert(raw, raw.indexOf('BXL-07'), [0x1b, 0x45, 1]),
  'one that ends before its cut': raw => raw.subarray(0, raw.length - 5)
}

let failures = 0
let checked = 0
for (const [name, kind] of Object.entries(kinds)) {
  for (const [language, w] of Object.entries(words)) {
    const raw = fs.readFileSync(path.join(streams, `receipt-${name}-${language}.bin`))
    checked++
    try {
      check(raw, kind, w)
    } catch (error) {
      failures++
      console.log(`${name}-${language}: ${error.message}`)
    }
  }
}
const whole = fs.readFileSync(path.join(streams, 'receipt-free-fr.bin'))
for (const [what, broken] of Object.entries(breaks)) {
  let found = null
  try {
    check(broken(whole), kinds.free, words.fr)
  } catch (error) {
    found = error.message
  }
  if (found === null) failures++
  console.log(found === null ? `NOT FOUND: ${what}` : `found ${what}: ${found}`)
}
console.log(`${checked} receipts, ${Object.keys(breaks).length} breaks, ${failures} failures`)
process.exit(failures === 0 && checked === 16 ? 0 : 1)
