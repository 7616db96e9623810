-- Questions to a running server, as people ask them: about 200 requests a second over 20 connections (each waits 100 ms between two).
local paths = {"/", "/api/v1/statements?by=ABC&limit=50", "/api/v1/events?limit=50&order=newest", "/api/v1/positions?topic=sanctions&limit=50", "/api/v1/timeline?between=%s,%s", "/pair?a=%s&b=%s", "/api/v1/calendar?from=2028-03&limit=30", "/topics?from=2028-03&until=2028-03", "/articles/%d", "/api/v1/articles/%d", "/stories", "/api/v1/acts?limit=50&from=2027-05", "/assets/style.css", "/api/v1/novelty?limit=20&from=2028-01", "/actor?name=%s"}
local rate = os.getenv("WAIT") or "100"
local number = 0
function state(i) return string.char(65 + math.floor(i / 26) % 26, 65 + i % 26, 65 + i * 7 % 26) end
function request()
  number = number + 1
  local p = paths[number % #paths + 1]
  if p:find("%%d") then p = string.format(p, math.random(1, 100000)) end
  if p:find("%%s") then p = p:gsub("%%s", function() return state(math.random(0, 40)) end) end
  return wrk.format("GET", p)
end
function delay() return tonumber(rate) end
function done(summary, latency)
  io.write(string.format("requests %d in %.1f s = %.0f/s, errors %d (status %d, connect %d, read %d, timeout %d), median %.1f ms, p95 %.1f ms, p99 %.1f ms, most %.1f ms\n", summary.requests, summary.duration / 1e6, summary.requests / summary.duration * 1e6, summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout, summary.errors.status, summary.errors.connect, summary.errors.read, summary.errors.timeout, latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
