-- Reads Markdown texts and the DOCX files made of them, and says what stands in each as pandoc's tree.
--
-- Started in a folder with jobs.txt; each of its lines is `FORMAT SOURCE OURS`. Writes a line of JSON for each
-- job: {"source": …, "ours": …, "pandoc": …}. The last is what pandoc itself makes of the source by way of DOCX.

local function content(path)
  local file = assert(io.open(path, "rb"))
  local all = file:read("a")
  file:close()
  return all
end

-- HTML on lines of its own is read as lines of text with tags in it, as docctl reads it: a character that no
-- text has hides its beginning, and is taken out again.
local HIDDEN = "\u{E000}"

local function as_lines(text, format)
  local hidden = ("\n" .. text):gsub("(\n[ \t>*+%-%d.)]*)<(/?[%a!?])", function(before, first)
    return before .. (first == "!" and "" or HIDDEN) .. "<" .. first
  end):sub(2)
  local function shown(node)
    node.text = node.text:gsub(HIDDEN, "")
    return node
  end
  return pandoc.read(hidden, format):walk({ Str = shown, Code = shown, CodeBlock = shown })
end

local function pictured(image)
  image.src = "picture.png"
  return image
end

for line in io.lines("jobs.txt") do
  local format, source, ours = line:match("^(%S+) (%S+) (%S+)$")
  local document = pandoc.read(content(source), format)
  local control = pandoc.write(document:walk({ Image = pictured }), "docx")
  local parts = {
    '"source":' .. pandoc.write(document, "json"),
    '"lines":' .. pandoc.write(as_lines(content(source), format), "json"),
    '"ours":' .. pandoc.write(pandoc.read(content(ours), "docx"), "json"),
    '"pandoc":' .. pandoc.write(pandoc.read(control, "docx"), "json"),
  }
  io.stdout:write("{" .. table.concat(parts, ",") .. "}\n")
end
