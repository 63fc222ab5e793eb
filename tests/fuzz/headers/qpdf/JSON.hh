// Stands before the library's own header, which clang refuses in C++20: it wants a class whole where a
// vector of it can be destroyed, and JSON_array is written before JSON is. A deque is not looked into,
// and nobody outside of the library sees that member.
#pragma once

#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#define vector deque
#include_next <qpdf/JSON.hh>
#undef vector
