// From our styles and scripts, and the packages they stand on, to what the binary carries: each file
// under a name with its hash in it, plain and compressed, and the two source files that embed them.
// `node assets/build.mjs OUT`, called by script/assets.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as sass from 'sass';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const out = path.resolve(process.argv[2]);
const require = createRequire(import.meta.url);
const packageRoot = (name) => path.join(root, 'node_modules', name);
const version = (name) => require(path.join(packageRoot(name), 'package.json')).version;
const read = (...parts) => fs.readFileSync(path.join(...parts), 'utf8');

// Leaves out each rule whose selector or body must not be served, then each block left empty.
function withoutRules(css, unwanted) {
  const kept = css.replace(/(?<=^|[{};])([^{};@]+)\{([^{}]*)\}/g, (all, selector, body) =>
    (unwanted.test(selector) || /url\(/.test(body) ? '' : all));
  const tidy = kept.replace(/@(media|supports)[^{}]*\{\}/g, '');
  return tidy === css ? css : withoutRules(tidy, unwanted);
}

function styles() {
  const { css } = sass.compile(path.join(root, 'assets/app.scss'), {
    style: 'compressed', sourceMap: false, quietDeps: true, logger: sass.Logger.silent,
    loadPaths: [path.join(root, 'node_modules'), root],
  });
  const clean = withoutRules(css.replace(/^\uFEFF/, ''),
    /govuk-footer__(crown|copyright-logo|licence)|govuk-logo/);
  const banned = /GDS Transport|crest|woff|crown|@font-face|url\(/i.exec(clean);
  if (banned)
    throw new Error(`the styles hold ${banned[0]}, which must not be served: ${
      clean.slice(Math.max(0, banned.index - 120), banned.index + 60)}`);
  return `/* GOV.UK Frontend ${version('govuk-frontend')}, MOJ Frontend ${
    version('@ministryofjustice/frontend')}: MIT, see THIRD-PARTY-NOTICES */\n${clean}\n`;
}

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

function hashed(name, type, content) {
  const bytes = Buffer.from(content);
  const { name: stem, ext } = path.parse(name);
  return { name, type, bytes, file: `${stem}-${hash(bytes)}${ext}`, gzip: gzipSync(bytes, { level: 9 }) };
}

const govuk = hashed('govuk-frontend.js', 'text/javascript; charset=utf-8',
  `/* GOV.UK Frontend ${version('govuk-frontend')}: MIT, see THIRD-PARTY-NOTICES */\n` +
  read(packageRoot('govuk-frontend'), 'dist/govuk/govuk-frontend.min.js')
    .replace(/\/\/# sourceMappingURL=.*\s*$/, ''));
const assets = [
  hashed('app.css', 'text/css; charset=utf-8', styles()),
  hashed('app.js', 'text/javascript; charset=utf-8',
    ['app.js', 'drafts.js', 'passkeys.js'].map((name) => read(root, 'assets', name)).join('')
     .replace('./govuk-frontend.js', `./${govuk.file}`)),
  govuk,
  hashed('icon.svg', 'image/svg+xml', read(root, 'assets/icon.svg').trim()),
];

function put(name, content) {
  fs.writeFileSync(path.join(out, name), content);
}

fs.mkdirSync(out, { recursive: true });
let assembly = '/* Made by assets/build.mjs. */\n\t.section .rodata\n';
let table = '/* Made by assets/build.mjs. */\n#include "html/asset.h"\n\n';
let rows = '';
assets.forEach((asset, i) => {
  for (const [kind, bytes] of [['plain', asset.bytes], ['gzip', asset.gzip]]) {
    const file = kind === 'gzip' ? `${asset.file}.gz` : asset.file;
    put(file, bytes);
    assembly += `\t.global asset_${i}_${kind}\nasset_${i}_${kind}:\n` +
      `\t.incbin ${JSON.stringify(path.join(out, file))}\n\t.byte 0\n`;
    table += `extern const char asset_${i}_${kind}[];\n`;
  }
  rows += `\t{ .name = S_INIT("${asset.name}"), .path = S_INIT("/assets/${asset.file}"),\n` +
    `\t\t.type = S_INIT("${asset.type}"), .etag = S_INIT("\\"${hash(asset.bytes)}\\""),\n` +
    `\t\t.bytes = { asset_${i}_plain, ${asset.bytes.length} },\n` +
    `\t\t.gzip = { asset_${i}_gzip, ${asset.gzip.length} } },\n`;
});
assembly += '\t.section .note.GNU-stack,"",%progbits\n';
table += `\nconst struct asset asset_list[] = {\n${rows}};\nconst size_t asset_count = ${assets.length};\n`;
put('asset_bytes.S', assembly);
put('asset_table.c', table);
put('app.css', assets[0].bytes);
