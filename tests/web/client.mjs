// A client made from the server's own OpenAPI document (openapi-client-axios): every question, the state of play, the brief, an
// article, an export are called by their operation ids, and every answer is held against its schema. usage: node client.mjs PROGRAM
import {get} from "node:http";
import {OpenAPIClientAxios} from "openapi-client-axios";
import {check, ledgerOf, reports, serving, told} from "./harness.mjs";

const program = process.argv[2];
const {base, stop} = await serving(program, ledgerOf(program, reports));

// What of a value is not as its schema says; "" if nothing is.
const problem = (value, schema, at) => {
  if (value === null) return schema.nullable ? "" : `${at} is null`;
  if (schema.enum && !schema.enum.includes(value)) return `${at} is ${JSON.stringify(value)}`;
  if (schema.type === "string") return typeof value === "string" ? "" : `${at} is no text`;
  if (schema.type === "integer") return Number.isInteger(value) ? "" : `${at} is no whole number`;
  if (schema.type === "number") return typeof value === "number" ? "" : `${at} is no number`;
  if (schema.type === "array") return Array.isArray(value) ? value.map((v, i) => problem(v, schema.items, `${at}[${i}]`)).find(p => p) ?? "" : `${at} is no list`;
  if (typeof value !== "object" || Array.isArray(value)) return `${at} is no object`;
  for (const name of schema.required ?? []) if (!(name in value)) return `${at} lacks ${name}`;
  for (const [name, v] of Object.entries(value)) {
    const of = schema.properties?.[name] ?? (typeof schema.additionalProperties === "object" ? schema.additionalProperties : null);
    if (!of && schema.properties && schema.additionalProperties !== true) return `${at}.${name} is in no schema`;
    const p = of ? problem(v, of, `${at}.${name}`) : "";
    if (p) return p;
  }
  return "";
};

try {
  const definition = await (await fetch(base + "/api/v1/openapi.json")).json();
  const api = new OpenAPIClientAxios({definition, withServer: {url: base + "/api/v1"}});
  const client = await api.init();
  const needs = {timeline: {between: "NOR,ISL"}, search: {q: "port"}, contacts: {actor: "NOR"}, play: {topic: "shipping"}, brief: {from: "2029"}, article: {number: 1}};
  let called = 0, rows = 0;
  for (const operation of api.getOperations()) {
    const id = operation.operationId;
    if (operation.method !== "get" || id === "stream") continue;
    const answer = await client[id](needs[id] ?? null);
    check(answer.status === 200, `${id}: status ${answer.status}`);
    const schema = operation.responses["200"].content["application/json"]?.schema;
    if (schema) check(problem(answer.data, schema, id) === "", problem(answer.data, schema, id));
    ++called;
    rows += answer.data.items?.length ?? 0;
  }
  check(called > 20 && rows > 50, `${called} operations, ${rows} rows`);
  check((await client.play(needs.play)).data.stands.length > 0, "a state of play through the client");
  check((await client.brief(needs.brief)).data.sections.length > 0, "a brief through the client");
  const acts = (await client.events({limit: 3, total: "yes"})).data;
  check(acts.total > acts.items.length, "totals through the client");
  const record = (await client.article({number: acts.items[0].article_number})).data;
  const text = [...record.article.text].slice(...acts.items[0].span[0]).join("");
  check(text === acts.items[0].words, `the span of a row has its words: ${text}`);
  const refused = await client.events({type: "PICNIC"}).catch(e => e.response);
  check(refused.status === 400 && refused.data.detail.includes("CONSULT"), "a type that is none is refused with those that are");
  check((await client.export({format: "polecat"})).data.startsWith("Event ID\t"), "an export through the client");

  // Packed for those who take it, and the same bytes for those who do not.
  const fetched = headers => new Promise((good, bad) => get(base + "/api/v1/statements?limit=50", {headers}, r => {
    const parts = [];
    r.on("data", d => parts.push(d)).on("end", () => good({headers: r.headers, status: r.statusCode, body: Buffer.concat(parts)}));
  }).on("error", bad));
  const plain = await fetched({}), packed = await fetched({"Accept-Encoding": "br, gzip"}), not = await fetched({"Accept-Encoding": "gzip;q=0"});
  const {gunzipSync} = await import("node:zlib");
  check(packed.headers["content-encoding"] === "gzip" && packed.body.length * 2 < plain.body.length, "an answer is packed");
  check(gunzipSync(packed.body).equals(plain.body), "and unpacks to the same");
  check(!plain.headers["content-encoding"] && !not.headers["content-encoding"], "not to those who do not take it");
  check((await fetched({"Accept-Encoding": "gzip", "If-None-Match": packed.headers.etag})).status === 304, "who has it already is told so");
} finally {
  await stop();
}
told("a client made from the document");
