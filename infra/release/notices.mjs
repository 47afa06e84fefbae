// notices.mjs BOM...: prints the notices of third parties, one line a component, from bills of materials (CycloneDX, JSON).
// A component without a licence is an error: it has to be looked up and written down here.
import { readFileSync } from 'node:fs'

/** Licences that a package states in its LICENSE file alone. */
const LOOKED_UP = { decko: 'MIT', stickyfill: 'MIT', 'url-template': 'BSD-3-Clause' }

const OWN = /^(dev\.freshet|@freshet)$|^freshet/

const lines = new Map()
const unknown = []
for (const file of process.argv.slice(2)) {
  for (const { group, name, version, licenses } of JSON.parse(readFileSync(file, 'utf8')).components ?? []) {
    if (OWN.test(group ?? name)) continue
    const licence = (licenses ?? []).map((l) => l.expression ?? l.license?.id ?? l.license?.name).filter(Boolean)
    if (licence.length === 0 && LOOKED_UP[name]) licence.push(LOOKED_UP[name])
    const component = `${group ? `${group}${file.includes('npm') ? '/' : ':'}` : ''}${name} ${version}`
    if (licence.length === 0) unknown.push(`${component} (${file})`)
    lines.set(component, `${component}: ${licence.join(' or ')}`)
  }
}
if (unknown.length > 0) {
  console.error(`No licence is known of:\n  ${unknown.join('\n  ')}`)
  process.exit(1)
}
console.log('Freshet contains or uses these components of others. Texts of their licences that have to be passed on are in META-INF of the jars.\n')
for (const component of [...lines.keys()].sort()) console.log(lines.get(component))
