// What somebody may have meant who misspelt a name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vanban::tools {

// The one of `known` that the fewest letters make of `name`, of several the first; empty where more
// than every third would have to change.
std::string nearest(std::string_view name, const std::vector<std::string>& known);

}  // namespace vanban::tools
