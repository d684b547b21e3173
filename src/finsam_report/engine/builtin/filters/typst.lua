-- How floats, callouts and equations look in Typst; the functions used are in report.typ.

local typst = {}

local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end

local function raw(text)
  return pandoc.RawBlock('typst', text)
end

local function inline(text)
  return pandoc.RawInline('typst', text)
end

local function written(blocks)
  local text = pandoc.write(pandoc.Pandoc(blocks), 'typst-citations',
    { wrap_text = 'wrap-none' })
  return (text:gsub('%s+$', ''))
end

-- A pipe table: Pandoc's own writer would make it a figure of its own.
local function small_table(tbl)
  local columns, aligns, cells = {}, {}, {}
  local names = { AlignLeft = 'left', AlignRight = 'right', AlignCenter = 'center',
                  AlignDefault = 'left' }
  for index, spec in ipairs(tbl.colspecs) do
    columns[index] = type(spec[2]) == 'number' and ('%.4ffr'):format(spec[2]) or 'auto'
    aligns[index] = names[spec[1]]
  end
  local function add(row)
    for _, cell in ipairs(row.cells) do
      table.insert(cells, '[' .. written(cell.contents) .. ']')
    end
  end
  for _, row in ipairs(tbl.head.rows) do
    add(row)
  end
  local header = cells
  cells = {}
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      add(row)
    end
  end
  return raw('#small-table(columns: (' .. table.concat(columns, ', ') .. ',), align: ('
    .. table.concat(aligns, ', ') .. ',), header: (' .. table.concat(header, ', ') .. ',), '
    .. table.concat(cells, ', ') .. ')')
end

-- What stands before the first chapter goes under its heading: on paper it would otherwise have a
-- page of its own, or end up under the contents.
function typst.arrange(blocks)
  local before, first
  for index, block in ipairs(blocks) do
    if block.t == 'Header' then
      before = before or index - 1
      -- A foreword is the publisher's, and nothing else belongs to it.
      if block.level == 2 and block.identifier ~= 'sec-foreword' then
        first = index
        break
      end
    end
  end
  if first and before > 0 then
    for _ = 1, before do
      -- Each goes to the place under the heading that the last one has left.
      local block = blocks:remove(1)
      blocks:insert(first, block)
    end
  end
  return blocks
end

function typst.filter(words)
  return {
    Header = function(header)
      -- The title is the document's; chapters are level 1.
      header.level = header.level - 1
      header.attributes.number = nil
      return header
    end,
    Figure = function(figure)
      local content = pandoc.Inlines { inline('#figure(kind: image, supplement: ['
        .. words.figure .. '], image(' .. quoted(figure.attributes.src) .. ', alt: '
        .. quoted(figure.attributes.alt) .. '), caption: [') }
      content:extend(pandoc.utils.blocks_to_inlines(figure.caption.long))
      content:insert(inline(']) <' .. figure.identifier .. '>'))
      return pandoc.Para(content)
    end,
    Table = function(tbl)
      return small_table(tbl)
    end,
    Div = function(div)
      if div.classes:includes('finsam-table') then
        local content = pandoc.Inlines { inline('#table-float([' .. words.table .. '], [') }
        content:extend(pandoc.utils.blocks_to_inlines(div.content[1].content))
        content:insert(inline('], <' .. div.identifier .. '>, ['))
        div.content:remove(1)
        return pandoc.Blocks { pandoc.Para(content) } .. div.content
          .. { raw('])') }
      elseif div.classes:includes('callout') then
        local content = pandoc.Inlines { inline('#callout("' .. div.classes[2] .. '", [') }
        content:extend(div.content[1].content[1].content)
        content:insert(inline('], ['))
        return pandoc.Blocks { pandoc.Para(content) } .. div.content[2].content .. { raw('])') }
      elseif div.classes:includes('finsam-list') then
        return pandoc.Blocks { raw('#list-of[') } .. div.content .. { raw(']') }
      elseif div.identifier == 'refs' then
        return pandoc.Blocks { raw('#bibliography-list[') } .. div.content .. { raw(']') }
      end
    end,
    Span = function(span)
      if span.classes:includes('finsam-equation') then
        local math = written { pandoc.Plain(span.content) }
        return inline('#math.equation(block: true, numbering: "(1)", alt: '
          .. quoted(span.attributes.alt) .. ', ' .. math .. '.body) <' .. span.identifier .. '>')
      end
    end,
  }
end

return typst
