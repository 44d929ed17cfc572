-- A lasting pandoc: one JSON job a line on stdin, one JSON answer a line on stdout.
-- {op="read", texts={{text, format}, …}}                     -> {asts={json, …}}
-- {op="write", ast, format, reference, template, variables, media, epoch, output}
--                                                   -> {text} or {} when `output` is a file
local json = pandoc.json

local function read_bytes(path)
  local file = assert(io.open(path, "rb"))
  local bytes = file:read("a")
  file:close()
  return bytes
end

local jobs = {}

function jobs.read(job)
  local asts = {}
  for i, item in ipairs(job.texts) do
    asts[i] = pandoc.write(pandoc.read(item.text, item.format), "json")
  end
  return { asts = asts, version = tostring(PANDOC_VERSION) }
end

function jobs.write(job)
  -- The media bag is shared by all jobs and wins over files: a stale image would be served.
  pandoc.mediabag.empty()
  for _, medium in ipairs(job.media or {}) do
    pandoc.mediabag.insert(medium.name, medium.mime, read_bytes(medium.path))
  end
  -- Left as text, a template that cannot be read would be skipped in silence.
  local template = type(job.template) == "string" and pandoc.template.compile(job.template) or nil
  local options = { template = template, variables = job.variables, wrap_text = "wrap-none",
    reference_doc = job.reference }
  local result
  local environment = { PATH = os.getenv("PATH"), HOME = os.getenv("HOME"),
    SOURCE_DATE_EPOCH = job.epoch }
  pandoc.system.with_environment(environment, function()
    result = pandoc.write(pandoc.read(job.ast, "json"), job.format, options)
  end)
  if not job.output then return { text = result } end
  local file = assert(io.open(job.output, "wb"))
  file:write(result)
  file:close()
  return {}
end

for line in io.lines() do
  local job = json.decode(line, false)
  local done, answer = pcall(jobs[job.op], job)
  if not done then answer = { error = tostring(answer) } end
  io.stdout:write(json.encode(answer), "\n")
  io.stdout:flush()
end
