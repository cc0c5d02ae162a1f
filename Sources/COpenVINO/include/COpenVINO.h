// The part of OpenVINO that `Inference` uses, behind opaque pointers and plain C types.
//
// OpenVINO's own headers are seen by COpenVINO.c alone, so no dependent of this target needs to know
// where they are. A function that can fail writes a reason to `error`, always ended by a zero byte.

#ifndef SIMCOORD_COPENVINO_H
#define SIMCOORD_COPENVINO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// OpenVINO's core. Its functions may be called from several threads at once.
typedef struct openvino_engine openvino_engine;

/// A network that has been read and can still take other input shapes.
typedef struct openvino_model openvino_model;

/// A compiled network with one inference request and its tensors. One thread at a time.
typedef struct openvino_network openvino_network;

enum {
    /// Enough for an error's text; a longer one is cut.
    openvino_error_capacity = 2048,
    /// The most dimensions a tensor may have.
    openvino_max_rank = 8,
};

/// The size of a dimension that is not known until a shape is set.
enum { openvino_dynamic = -1 };

typedef enum { openvino_input, openvino_output } openvino_direction;

/// The shape of a tensor, before a network is compiled.
typedef struct {
    size_t rank;
    int64_t dimensions[openvino_max_rank];
} openvino_shape;

/// A tensor of a compiled network: row-major float32, owned by the network.
typedef struct {
    float *data;
    size_t count;
    openvino_shape shape;
} openvino_tensor;

/// Returns null and a reason in `error` when OpenVINO or its CPU plugin cannot be loaded.
openvino_engine *_Nullable openvino_engine_create(char *error);
void openvino_engine_destroy(openvino_engine *engine);

/// The build of the engine, such as `2026.4.1-22982-e213a147257-releases/2026/4`.
bool openvino_engine_version(char *text, size_t capacity, char *error);

/// A property of the CPU plugin as text.
bool openvino_engine_property(
    const openvino_engine *engine, const char *key, char *text, size_t capacity, char *error);

/// Those instruction set extensions of this CPU that the engine's kernels are chosen by, from the
/// narrowest to the widest, joined by `+`.
void openvino_instruction_set(char *text, size_t capacity);

/// Reads a network from the bytes of an ONNX file. The bytes are copied.
openvino_model *_Nullable openvino_model_read(
    const openvino_engine *engine, const void *onnx, size_t count, char *error);
void openvino_model_destroy(openvino_model *model);
size_t openvino_model_input_count(const openvino_model *model);

/// An input's name, in memory of the model.
const char *openvino_model_input_name(const openvino_model *model, size_t index);

/// An input's shape, where a dimension may be `openvino_dynamic`.
openvino_shape openvino_model_input_shape(const openvino_model *model, size_t index);

/// Sets the shapes of all inputs, in the order of the inputs.
bool openvino_model_reshape(openvino_model *model, const openvino_shape *shapes, char *error);

/// Compiles a model for one thread in float32 and makes its inference request. The model may be
/// destroyed afterwards.
openvino_network *_Nullable openvino_network_compile(
    const openvino_engine *engine, const openvino_model *model, char *error);
void openvino_network_destroy(openvino_network *network);
size_t openvino_network_tensor_count(const openvino_network *network, openvino_direction direction);

/// The name of an input or output, in memory of the network.
const char *openvino_network_tensor_name(
    const openvino_network *network, openvino_direction direction, size_t index);

/// An input or output. It stays at the same place for the life of the network.
openvino_tensor openvino_network_tensor(
    const openvino_network *network, openvino_direction direction, size_t index);

/// Computes the outputs from what the inputs hold, on the calling thread.
bool openvino_network_infer(openvino_network *network, char *error);

#pragma clang assume_nonnull end

#endif
