// notices.mjs PACKAGES BOM...: prints the notices of third parties, one line a component, from bills of materials (CycloneDX,
// JSON), and the licences' texts of those in PACKAGES, the node_modules whose contents the pages contain.
// A component without a licence is an error: it has to be looked up and written down here.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Licences that a package states in its LICENSE file alone. */
const LOOKED_UP = { decko: 'MIT', stickyfill: 'MIT', 'url-template': 'BSD-3-Clause' }

const OWN = /^(dev\.freshet|@freshet)$|^freshet/

const lines = new Map()
const texts = new Map()
const unknown = []
const [packages, ...bills] = process.argv.slice(2)

/** Returns the text of a package's licence, or an empty one where the package has no file of it. */
function textOf(name) {
  const folder = `${packages}/${name}`
  const file = existsSync(folder) ? readdirSync(folder).find((f) => /^licen[cs]e/i.test(f)) : undefined
  return file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : ''
}

for (const file of bills) {
  for (const { group, name, version, licenses, properties } of JSON.parse(readFileSync(file, 'utf8')).components ?? []) {
    if (OWN.test(group ?? name)) continue
    const licence = (licenses ?? []).map((l) => l.expression ?? l.license?.id ?? l.license?.name).filter(Boolean)
    if (licence.length === 0 && LOOKED_UP[name]) licence.push(LOOKED_UP[name])
    const component = `${group ? `${group}${file.includes('npm') ? '/' : ':'}` : ''}${name} ${version}`
    if (licence.length === 0) unknown.push(`${component} (${file})`)
    const development = properties?.some((p) => p.name === 'cdx:npm:package:development' && p.value === 'true')
    const text = file.includes('npm-site') && !development ? textOf(group ? `${group}/${name}` : name) : ''
    if (text) texts.set(text, [...(texts.get(text) ?? []), component])
    lines.set(component, `${component}: ${licence.join(' or ')}`)
  }
}
if (unknown.length > 0) {
  console.error(`No licence is known of:\n  ${unknown.join('\n  ')}`)
  process.exit(1)
}
console.log('Freshet contains or uses these components of others. Licences of Java libraries are also in META-INF of the jars.\n')
for (const component of [...lines.keys()].sort()) console.log(lines.get(component))
for (const [text, components] of texts) console.log(`\n${'-'.repeat(80)}\n${components.join(', ')}\n\n${text}`)
