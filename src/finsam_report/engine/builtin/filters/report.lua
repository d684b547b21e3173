-- Numbers, cross-references, callouts and citations of a report document.
-- html.lua and typst.lua, beside this file, say how floats look in each format.

local here = pandoc.path.directory(PANDOC_SCRIPT_FILE)
local is_typst = FORMAT:match('typst') ~= nil
local out = dofile(pandoc.path.join { here, is_typst and 'typst.lua' or 'html.lua' })

local stringify = pandoc.utils.stringify
local words = {}
local problems = 0

-- One line on standard error per problem; the program that started Pandoc finds the place.
local function problem(kind, value)
  problems = problems + 1
  io.stderr:write('FINSAM\t' .. kind .. '\t' .. tostring(value):gsub('%s+', ' ') .. '\n')
end

local targets = {} -- identifier -> text of a reference, or '' for what has no number
local function target(identifier, kind, number)
  if targets[identifier] then
    problem('duplicate', identifier)
  end
  targets[identifier] = { kind = kind, number = number }
end

-- Callouts: a first heading is the title, and no heading of the report.
local function callout(div)
  local kind = div.classes[1] and div.classes[1]:match('^callout%-(%a+)$')
  if not kind then
    return nil
  end
  local title, body = nil, div.content
  if div.attributes.title then
    title = pandoc.read(div.attributes.title, 'markdown').blocks[1]
    title = title and title.content
  elseif body[1] and body[1].t == 'Header' then
    title = body[1].content
    body:remove(1)
  end
  title = title or { pandoc.Str(words[kind]) }
  return pandoc.Div(
    { pandoc.Div({ pandoc.Plain(title) }, pandoc.Attr('', { 'callout-title' })),
      pandoc.Div(body, pandoc.Attr('', { 'callout-body' })) },
    pandoc.Attr('', { 'callout', kind }))
end

local counts = { fig = 0, tbl = 0, eq = 0 }
-- What is shown, in order, for the lists of tables and figures.
local shown = { fig = {}, tbl = {} }
local data_files = {}

local function remember(identifier, number, caption)
  table.insert(shown[identifier:match('^(%a+)-')],
    { identifier = identifier, number = number, caption = caption:clone() })
end

-- A table of what the report shows, with links and the files of the numbers.
local function list_of(kind)
  local word = words[kind == 'fig' and 'figure' or 'table']
  local rows = {}
  for _, entry in ipairs(shown[kind]) do
    local file = (kind == 'fig' and 'figures/' or 'tables/') .. entry.identifier .. '.csv'
    table.insert(rows, {
      { pandoc.Plain { pandoc.Link(entry.number, '#' .. entry.identifier, '',
        pandoc.Attr('', { 'cross-reference' })) } },
      { pandoc.Plain(entry.caption) },
      { pandoc.Plain { data_files[file] and pandoc.Code(file) or pandoc.Str(words['no-file']) } } })
  end
  local head = { { pandoc.Plain { pandoc.Str(word) } }, { pandoc.Plain { pandoc.Str(words['title']) } },
                 { pandoc.Plain { pandoc.Str(words['data-file']) } } }
  local simple = pandoc.SimpleTable({}, { 'AlignLeft', 'AlignLeft', 'AlignLeft' },
    { 0.1, 0.5, 0.4 }, head, rows)
  return pandoc.utils.from_simple_table(simple)
end
local section = { 0, 0, 0 }
local last_level, chapter_numbered = 1, true

local function number_float(identifier)
  local kind = identifier:match('^(%a+)-')
  counts[kind] = counts[kind] + 1
  target(identifier, kind, tostring(counts[kind]))
  return tostring(counts[kind])
end

local collect = {
  traverse = 'topdown',
  Header = function(header)
    local text = stringify(header)
    if header.level < 2 then
      problem('level-1', text)
    elseif header.level > last_level + 1 then
      problem('level-skip', text)
    end
    last_level = header.level
    if header.level == 2 then
      chapter_numbered = not header.classes:includes('unnumbered')
    end
    local level, number = header.level - 1, nil
    if header.classes:includes('unnumbered') or not chapter_numbered or level > 2 then
      if not header.classes:includes('unnumbered') then
        header.classes:insert('unnumbered')
      end
    else
      section[level] = section[level] + 1
      for deeper = level + 1, #section do
        section[deeper] = 0
      end
      number = table.concat(section, '.', 1, level)
      header.attributes['number'] = number
    end
    if header.identifier ~= '' then
      target(header.identifier, 'sec', number)
    end
    return header
  end,
  Figure = function(figure)
    local image
    figure.content:walk { Image = function(found) image = image or found end }
    local name = figure.identifier ~= '' and figure.identifier or (image and image.src or '?')
    if not image or not figure.identifier:match('^fig%-') then
      problem('figure-label', name)
      return nil, false
    end
    local alt = image.attributes['fig-alt']
    if not alt or alt:match('^%s*$') then
      problem('alt', name)
    end
    if not image.src:match('^/_output/') then
      problem('image', image.src)
    end
    figure.attributes = { number = number_float(figure.identifier), alt = alt or '',
                          src = (image.src:gsub('^/_output', '')) }
    remember(figure.identifier, figure.attributes.number,
      pandoc.utils.blocks_to_inlines(figure.caption.long))
    figure.content = {}
    return figure
  end,
  Image = function(image)
    -- An image inside a paragraph: no caption, no number.
    problem('inline-image', image.src)
  end,
  Div = function(div)
    if div.classes:includes('finsam-table') then
      div.attributes.number = number_float(div.identifier)
      remember(div.identifier, div.attributes.number,
        pandoc.utils.blocks_to_inlines(div.content[1].content))
    elseif div.identifier ~= '' and div.identifier ~= 'refs' then
      target(div.identifier, 'div')
    end
    return div
  end,
  Table = function(tbl)
    if tbl.identifier:match('^tbl%-') then
      local caption = tbl.caption.long
      local identifier = tbl.identifier
      tbl.identifier, tbl.caption = '', pandoc.Caption()
      local number = number_float(identifier)
      remember(identifier, number, pandoc.utils.blocks_to_inlines(caption))
      return pandoc.Div({ pandoc.Div(caption, pandoc.Attr('', { 'finsam-caption' })), tbl },
        pandoc.Attr(identifier, { 'finsam-table' }, { number = number })), false
    elseif tbl.identifier ~= '' or #tbl.caption.long > 0 then
      problem('table-label', stringify(tbl.caption.long))
    end
  end,
  Span = function(span)
    if span.classes:includes('finsam-equation') then
      if (span.attributes.alt or '') == '' then
        problem('equation-alt', span.identifier)
      end
      span.attributes.number = number_float(span.identifier)
      return span, false
    elseif span.identifier ~= '' then
      target(span.identifier, 'span')
    end
  end,
  Math = function(math)
    problem(math.mathtype == 'InlineMath' and 'inline-math' or 'display-math', math.text)
  end,
}

local lists = {
  Div = function(div)
    local kind = div.classes:includes('finsam-list-of-tables') and 'tbl'
      or div.classes:includes('finsam-list-of-figures') and 'fig' or nil
    if kind and #shown[kind] > 0 then
      div.classes = { 'finsam-list' }
      div.content = { list_of(kind) }
      return div
    end
  end,
}

local prefixes = { fig = 'figure', tbl = 'table', sec = 'section', eq = 'equation' }

local function is_reference(citation)
  local kind = citation.id:match('^(%a+)-')
  return kind and prefixes[kind:lower()] ~= nil
end

local known = {} -- keys of the bibliography

local function reference(citation)
  local identifier = citation.id:gsub('^%a', string.lower)
  local found = targets[identifier]
  if not found then
    problem('unresolved', citation.id)
    return pandoc.Inlines {}
  elseif not found.number then
    problem('unnumbered', citation.id)
    return pandoc.Inlines {}
  end
  local text = found.number
  if citation.mode ~= 'SuppressAuthor' then
    text = words[prefixes[found.kind]] .. '\u{a0}' .. text
  end
  local inlines = pandoc.Inlines {}
  if #citation.prefix > 0 then
    inlines:extend(citation.prefix)
    inlines:insert(pandoc.Space())
  end
  inlines:insert(pandoc.Link(text, '#' .. identifier, '', pandoc.Attr('', { 'cross-reference' })))
  inlines:extend(citation.suffix)
  return inlines
end

local cited = false
local resolve = {
  Cite = function(cite)
    local references, keys = 0, 0
    for _, citation in ipairs(cite.citations) do
      if is_reference(citation) then
        references = references + 1
      else
        keys = keys + 1
        cited = true
        if not known[citation.id] then
          problem('citation', citation.id)
        end
      end
    end
    if references == 0 then
      return nil
    elseif keys > 0 then
      problem('mixed', cite.citations[1].id)
      return nil
    end
    local inlines = pandoc.Inlines {}
    for index, citation in ipairs(cite.citations) do
      if index > 1 then
        inlines:extend { pandoc.Str(','), pandoc.Space() }
      end
      inlines:extend(reference(citation))
    end
    return inlines
  end,
}

-- Addresses are printed, not linked: a report must not lead a reader's machine outside.
local function plain_address(link)
  if link.target:match('^#') then
    return nil
  end
  local text, address = stringify(link.content), link.target
  local doi = address:match('^https?://d?x?%.?doi%.org/(.+)$')
  if doi then
    return pandoc.Str(text == address and 'doi:' .. doi or text .. ' (doi:' .. doi .. ')')
  end
  address = address:gsub('^%a+://', ''):gsub('^mailto:', '')
  if text == link.target or text == address then
    return pandoc.Str(address)
  end
  return link.content .. { pandoc.Space(), pandoc.Str('(' .. address .. ')') }
end

function Pandoc(doc)
  for name, word in pairs(doc.meta.words or {}) do
    words[name] = stringify(word)
  end
  doc.meta.words = nil
  for _, entry in ipairs(doc.meta.bibliography and pandoc.utils.references(doc) or {}) do
    known[entry.id] = true
  end
  doc.blocks = doc.blocks:walk { Div = callout }
  for file in stringify(doc.meta['data-files'] or ''):gmatch('%S+') do
    data_files[file] = true
  end
  doc.meta['data-files'] = nil
  doc.blocks = doc.blocks:walk(collect)
  doc.blocks = doc.blocks:walk(lists)
  doc.blocks = doc.blocks:walk(resolve)
  if problems > 0 then
    os.exit(3)
  end
  if cited then
    doc.blocks:extend {
      pandoc.Header(2, words.references, pandoc.Attr('references', { 'unnumbered' })),
      pandoc.Div({}, pandoc.Attr('refs')) }
    doc.meta['link-citations'] = true
    doc = pandoc.utils.citeproc(doc)
  end
  doc.blocks = doc.blocks:walk { Link = plain_address }
  if out.arrange then
    doc.blocks = out.arrange(doc.blocks)
  end
  doc.blocks = doc.blocks:walk(out.filter(words))
  doc.meta.bibliography = nil
  return doc
end
