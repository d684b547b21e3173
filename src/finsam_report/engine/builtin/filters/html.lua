-- How floats, callouts and equations look in HTML.

local html = {}

local function escape(text)
  return (text:gsub('&', '&amp;'):gsub('<', '&lt;'):gsub('>', '&gt;'):gsub('"', '&quot;'))
end

local function raw(text)
  return pandoc.RawBlock('html', text)
end

local function caption(identifier, word, number, inlines)
  local content = pandoc.Inlines {
    pandoc.RawInline('html', '<figcaption id="' .. identifier .. '-caption"><span class="float-label">'
      .. word .. '\u{a0}' .. number .. '</span> ') }
  content:extend(inlines)
  content:insert(pandoc.RawInline('html', '</figcaption>'))
  return pandoc.Plain(content)
end

-- Notes leave the foot of a table, so that they stay in view where the table scrolls.
local function without_notes(text)
  local notes = {}
  text = text:gsub('<tfoot.->(.-)</tfoot>', function(foot)
    for _, note in foot:gmatch('<td([^>]*)>(.-)</td>') do
      table.insert(notes, '<p>' .. note .. '</p>')
    end
    return ''
  end)
  return text, #notes > 0 and '<div class="table-notes">' .. table.concat(notes) .. '</div>' or nil
end

-- A table made by a cell says by its caption what it is.
local function named(source, identifier)
  local text = source:gsub('<table(%f[%s>])', '<table aria-labelledby="' .. identifier
    .. '-caption"%1', 1)
  return raw(text)
end

function html.filter(words)
  return {
    Header = function(header)
      local number = header.attributes.number
      header.attributes.number = nil
      header.classes = header.classes:filter(function(class) return class ~= 'unnumbered' end)
      if number then
        header.content:insert(1, pandoc.Space())
        header.content:insert(1, pandoc.Span(number, pandoc.Attr('', { 'section-number' })))
      end
      return header
    end,
    Figure = function(figure)
      local at = figure.attributes
      local identifier = figure.identifier
      return {
        raw('<figure class="float float-figure" id="' .. identifier .. '">'),
        -- The program that started Pandoc puts the picture here.
        raw('<finsam-image data-label="' .. identifier .. '" data-src="' .. escape(at.src)
          .. '" data-alt="' .. escape(at.alt) .. '"></finsam-image>'),
        caption(identifier, words.figure, at.number, pandoc.utils.blocks_to_inlines(figure.caption.long)),
        raw('</figure>'),
      }
    end,
    Div = function(div)
      if div.classes:includes('finsam-table') then
        local identifier = div.identifier
        local blocks = pandoc.Blocks {
          raw('<figure class="float float-table" id="' .. identifier .. '">'),
          caption(identifier, words.table, div.attributes.number,
            pandoc.utils.blocks_to_inlines(div.content[1].content)),
          raw('<div class="scroll" role="region" tabindex="0" aria-labelledby="' .. identifier
            .. '-caption">') }
        div.content:remove(1)
        local notes
        for _, block in ipairs(div.content) do
          if block.t == 'RawBlock' and block.format == 'html' then
            local text, found = without_notes(block.text)
            notes = found or notes
            blocks:insert(named(text, identifier))
          else
            blocks:insert(block)
          end
        end
        blocks:insert(raw('</div>'))
        if notes then
          blocks:insert(raw(notes))
        end
        blocks:insert(raw('</figure>'))
        return blocks
      elseif div.classes:includes('callout') then
        local kind = div.classes[2]
        local title = div.content[1].content[1].content
        return pandoc.Blocks {
          raw('<div class="callout callout-' .. kind .. '" role="note">'),
          pandoc.Plain(pandoc.Inlines { pandoc.RawInline('html', '<p class="callout-title">') }
            .. title .. { pandoc.RawInline('html', '</p>') }) }
          .. div.content[2].content .. { raw('</div>') }
      end
    end,
    Span = function(span)
      if span.classes:includes('finsam-equation') then
        local math = pandoc.write(pandoc.Pandoc { pandoc.Plain(span.content) }, 'html',
          { html_math_method = 'mathml' })
        math = math:gsub(' xmlns="[^"]*"', ''):gsub('<math ', '<math alttext="'
          .. escape(span.attributes.alt):gsub('%%', '%%%%') .. '" ', 1)
        return pandoc.RawInline('html', '<span class="equation" tabindex="0" id="' .. span.identifier .. '">' .. math
          .. '<span class="equation-number">(' .. span.attributes.number .. ')</span></span>')
      end
    end,
  }
end

return html
