#include "COpenVINO.h"

#include <openvino/c/openvino.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const device = "CPU";

struct openvino_engine {
    ov_core_t *core;
};

typedef struct {
    char *name;
    openvino_shape shape;
} port;

struct openvino_model {
    ov_model_t *model;
    size_t input_count;
    port *inputs;
};

typedef struct {
    char *name;
    ov_tensor_t *handle;
    openvino_tensor view;
} tensor;

typedef struct {
    size_t count;
    tensor *items;
} tensor_list;

struct openvino_network {
    ov_compiled_model_t *compiled;
    ov_infer_request_t *request;
    tensor_list inputs;
    tensor_list outputs;
};

// Errors

static bool fail(char *error, const char *reason) {
    snprintf(error, openvino_error_capacity, "%s", reason);
    return false;
}

// Whether a call succeeded; if not, takes over OpenVINO's account of it. OpenVINO keeps one message
// for the process, so of two calls that fail at once on two threads, both may show the same text.
static bool succeeded(ov_status_e status, char *error) {
    if (status == OK) {
        return true;
    }
    const char *message = ov_get_last_err_msg();
    if (message != NULL && message[0] != 0) {
        fail(error, message);
    } else {
        fail(error, ov_get_error_info(status));
    }
    if (message != NULL) {
        ov_free(message);
    }
    return false;
}

static void *allocate(size_t count, size_t size, char *error) {
    // One element at least: no memory for nothing is not a failure.
    void *memory = calloc(count > 0 ? count : 1, size);
    if (memory == NULL) {
        fail(error, "out of memory");
    }
    return memory;
}

// Engine

openvino_engine *openvino_engine_create(char *error) {
    openvino_engine *engine = allocate(1, sizeof *engine, error);
    if (engine == NULL) {
        return NULL;
    }
    char *name = NULL;
    // Asking for a property loads the CPU plugin, so that its absence shows here.
    if (!succeeded(ov_core_create(&engine->core), error) ||
        !succeeded(
            ov_core_get_property(engine->core, device, ov_property_key_device_full_name, &name),
            error)) {
        openvino_engine_destroy(engine);
        return NULL;
    }
    ov_free(name);
    return engine;
}

void openvino_engine_destroy(openvino_engine *engine) {
    ov_core_free(engine->core);
    free(engine);
}

bool openvino_engine_version(char *text, size_t capacity, char *error) {
    ov_version_t version;
    if (!succeeded(ov_get_openvino_version(&version), error)) {
        return false;
    }
    snprintf(text, capacity, "%s", version.buildNumber);
    ov_version_free(&version);
    return true;
}

bool openvino_engine_property(
    const openvino_engine *engine, const char *key, char *text, size_t capacity, char *error) {
    char *value = NULL;
    if (!succeeded(ov_core_get_property(engine->core, device, key, &value), error)) {
        return false;
    }
    snprintf(text, capacity, "%s", value);
    ov_free(value);
    return true;
}

void openvino_instruction_set(char *text, size_t capacity) {
    text[0] = 0;
#define ADD(feature)                                                         \
    if (__builtin_cpu_supports(feature)) {                                   \
        size_t length = strlen(text);                                        \
        snprintf(                                                            \
            text + length, capacity - length, "%s" feature, length ? "+" : ""); \
    }
    // The steps of oneDNN's `cpu_isa_t`, which picks the kernels.
    ADD("sse4.1")
    ADD("avx")
    ADD("avx2")
    ADD("fma")
    ADD("avxvnni")
    ADD("avx512f")
    ADD("avx512bw")
    ADD("avx512dq")
    ADD("avx512vl")
    ADD("avx512vnni")
    ADD("avx512bf16")
    ADD("avx512fp16")
    ADD("amx-tile")
#undef ADD
}

// Model

static bool describe_input(const ov_model_t *model, size_t index, port *input, char *error) {
    ov_output_const_port_t *handle = NULL;
    ov_partial_shape_t shape = {0};
    bool done = succeeded(ov_model_const_input_by_index(model, index, &handle), error) &&
                succeeded(ov_port_get_any_name(handle, &input->name), error) &&
                succeeded(ov_port_get_partial_shape(handle, &shape), error);
    if (done && (shape.rank.min != shape.rank.max || shape.rank.max > openvino_max_rank)) {
        done = fail(error, "an input has no fixed number of dimensions, or more than 8");
    }
    if (done) {
        input->shape.rank = (size_t)shape.rank.max;
        for (size_t axis = 0; axis < input->shape.rank; axis++) {
            ov_dimension_t size = shape.dims[axis];
            input->shape.dimensions[axis] = size.min == size.max ? size.max : openvino_dynamic;
        }
    }
    ov_partial_shape_free(&shape);
    ov_output_const_port_free(handle);
    return done;
}

openvino_model *openvino_model_read(
    const openvino_engine *engine, const void *onnx, size_t count, char *error) {
    openvino_model *model = allocate(1, sizeof *model, error);
    if (model == NULL) {
        return NULL;
    }
    size_t input_count = 0;
    bool done =
        succeeded(
            ov_core_read_model_from_memory_buffer(engine->core, onnx, count, NULL, &model->model),
            error) &&
        succeeded(ov_model_inputs_size(model->model, &input_count), error) &&
        (model->inputs = allocate(input_count, sizeof *model->inputs, error)) != NULL;
    model->input_count = done ? input_count : 0;
    for (size_t index = 0; done && index < input_count; index++) {
        done = describe_input(model->model, index, &model->inputs[index], error);
    }
    if (!done) {
        openvino_model_destroy(model);
        return NULL;
    }
    return model;
}

void openvino_model_destroy(openvino_model *model) {
    for (size_t index = 0; index < model->input_count; index++) {
        ov_free(model->inputs[index].name);
    }
    free(model->inputs);
    ov_model_free(model->model);
    free(model);
}

size_t openvino_model_input_count(const openvino_model *model) { return model->input_count; }

const char *openvino_model_input_name(const openvino_model *model, size_t index) {
    return model->inputs[index].name;
}

openvino_shape openvino_model_input_shape(const openvino_model *model, size_t index) {
    return model->inputs[index].shape;
}

bool openvino_model_reshape(openvino_model *model, const openvino_shape *shapes, char *error) {
    size_t count = model->input_count;
    size_t *indexes = allocate(count, sizeof *indexes, error);
    ov_partial_shape_t *wanted = allocate(count, sizeof *wanted, error);
    bool done = indexes != NULL && wanted != NULL;
    for (size_t index = 0; done && index < count; index++) {
        indexes[index] = index;
        done = succeeded(
            ov_partial_shape_create_static(
                (int64_t)shapes[index].rank, shapes[index].dimensions, &wanted[index]),
            error);
    }
    done = done &&
           succeeded(ov_model_reshape_by_port_indexes(model->model, indexes, wanted, count), error);
    for (size_t index = 0; wanted != NULL && index < count; index++) {
        ov_partial_shape_free(&wanted[index]);
    }
    free(wanted);
    free(indexes);
    for (size_t index = 0; done && index < count; index++) {
        model->inputs[index].shape = shapes[index];
    }
    return done;
}

// Network

static bool find_port(
    const ov_compiled_model_t *compiled, openvino_direction direction, size_t index,
    ov_output_const_port_t **handle, char *error) {
    return succeeded(
        direction == openvino_input ? ov_compiled_model_input_by_index(compiled, index, handle)
                                    : ov_compiled_model_output_by_index(compiled, index, handle),
        error);
}

// Copies a shape that must be fixed. What OpenVINO has to check and copy one fails for the rank 0 of
// a scalar.
static bool copy_fixed_shape(
    ov_partial_shape_t found, const char *name, openvino_shape *shape, char *error) {
    if (found.rank.max > openvino_max_rank) {
        return fail(error, "a tensor has over 8 dimensions");
    }
    bool fixed = found.rank.min == found.rank.max;
    for (int64_t axis = 0; fixed && axis < found.rank.max; axis++) {
        fixed = found.dims[axis].min == found.dims[axis].max;
        shape->dimensions[axis] = found.dims[axis].max;
    }
    if (!fixed) {
        snprintf(error, openvino_error_capacity, "the shape of tensor %s is not fixed", name);
        return false;
    }
    shape->rank = (size_t)found.rank.max;
    return true;
}

static bool find_tensor(
    const openvino_network *network, openvino_direction direction, size_t index, tensor *item,
    char *error) {
    ov_output_const_port_t *handle = NULL;
    ov_partial_shape_t shape = {0};
    ov_element_type_e type = DYNAMIC;
    bool done = find_port(network->compiled, direction, index, &handle, error) &&
                succeeded(ov_port_get_any_name(handle, &item->name), error) &&
                succeeded(ov_port_get_element_type(handle, &type), error) &&
                succeeded(ov_port_get_partial_shape(handle, &shape), error);
    if (done && type != F32) {
        snprintf(error, openvino_error_capacity, "tensor %s is not float32", item->name);
        done = false;
    }
    done = done && copy_fixed_shape(shape, item->name, &item->view.shape, error);
    void *data = NULL;
    done = done &&
           succeeded(
               ov_infer_request_get_tensor_by_const_port(network->request, handle, &item->handle),
               error) &&
           succeeded(ov_tensor_data(item->handle, &data), error) &&
           succeeded(ov_tensor_get_size(item->handle, &item->view.count), error);
    item->view.data = data;
    ov_partial_shape_free(&shape);
    ov_output_const_port_free(handle);
    return done;
}

static bool find_tensors(
    openvino_network *network, openvino_direction direction, tensor_list *list, char *error) {
    size_t count = 0;
    bool done = succeeded(
        direction == openvino_input ? ov_compiled_model_inputs_size(network->compiled, &count)
                                    : ov_compiled_model_outputs_size(network->compiled, &count),
        error);
    done = done && (list->items = allocate(count, sizeof *list->items, error)) != NULL;
    list->count = done ? count : 0;
    for (size_t index = 0; done && index < count; index++) {
        done = find_tensor(network, direction, index, &list->items[index], error);
    }
    return done;
}

openvino_network *openvino_network_compile(
    const openvino_engine *engine, const openvino_model *model, char *error) {
    // One stream of one thread: a synchronous inference then runs on the thread that asks for it,
    // and networks on different threads share nothing.
    const ov_property_t properties[] = {
        {ov_property_key_num_streams, "1"},
        {ov_property_key_inference_num_threads, "1"},
        {ov_property_key_hint_performance_mode, "LATENCY"},
        {ov_property_key_hint_inference_precision, "f32"},
        {ov_property_key_hint_enable_cpu_pinning, "NO"},
    };
    openvino_network *network = allocate(1, sizeof *network, error);
    if (network == NULL) {
        return NULL;
    }
    bool done =
        succeeded(
            ov_core_compile_model_props(
                engine->core, model->model, device, sizeof properties / sizeof *properties,
                properties, &network->compiled),
            error) &&
        succeeded(
            ov_compiled_model_create_infer_request(network->compiled, &network->request), error) &&
        find_tensors(network, openvino_input, &network->inputs, error) &&
        find_tensors(network, openvino_output, &network->outputs, error);
    if (!done) {
        openvino_network_destroy(network);
        return NULL;
    }
    return network;
}

static void destroy_tensors(tensor_list *list) {
    for (size_t index = 0; index < list->count; index++) {
        ov_free(list->items[index].name);
        ov_tensor_free(list->items[index].handle);
    }
    free(list->items);
}

void openvino_network_destroy(openvino_network *network) {
    destroy_tensors(&network->inputs);
    destroy_tensors(&network->outputs);
    ov_infer_request_free(network->request);
    ov_compiled_model_free(network->compiled);
    free(network);
}

static const tensor_list *tensors(const openvino_network *network, openvino_direction direction) {
    return direction == openvino_input ? &network->inputs : &network->outputs;
}

size_t openvino_network_tensor_count(
    const openvino_network *network, openvino_direction direction) {
    return tensors(network, direction)->count;
}

const char *openvino_network_tensor_name(
    const openvino_network *network, openvino_direction direction, size_t index) {
    return tensors(network, direction)->items[index].name;
}

openvino_tensor openvino_network_tensor(
    const openvino_network *network, openvino_direction direction, size_t index) {
    return tensors(network, direction)->items[index].view;
}

bool openvino_network_infer(openvino_network *network, char *error) {
    return succeeded(ov_infer_request_infer(network->request), error);
}
